import { isOurs } from './origin.ts'

/** Whether a window may go to an address, by a link, a script or a redirect: only within the screens. */
export const mayNavigate = (address: string): boolean => isOurs(address)
