import type { MenuItemConstructorOptions } from 'electron'

/**
 * The menu of the program: none, because Electron's own offers reloading and the developer tools, and Alt belongs to the
 * screens. macOS has its edit keys from the menu, so there it holds the program, editing and windows, each with its role.
 */
export const menuTemplate = (platform: NodeJS.Platform): MenuItemConstructorOptions[] | null =>
  platform === 'darwin' ? [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] : null
