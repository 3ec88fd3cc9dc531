import type { MenuItemConstructorOptions } from 'electron'

/**
 * The program has no menu, because Electron's own offers reloading and the developer tools, and the Alt key belongs to
 * the screens. On macOS the edit keys come from the menu, so there it has the program, edit and window menus, each with
 * its standard role.
 */
export const menuTemplate = (platform: NodeJS.Platform): MenuItemConstructorOptions[] | null =>
  platform === 'darwin' ? [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] : null
