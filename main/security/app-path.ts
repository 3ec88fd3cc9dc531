import { posix } from 'node:path'
import { isOurs } from './origin.ts'

/**
 * Returns the file in the screens' folder that an `app://ringside/` address means, as a relative path; null for every
 * address that is not plainly such a file: another host, a step upwards, a drive, an encoded separator, a hidden file.
 */
export function appPath(address: string): string | null {
  if (!isOurs(address)) return null
  let path: string
  try {
    path = decodeURIComponent(new URL(address).pathname)
  } catch {
    return null
  }
  if (path === '/' || path === '') return 'index.html'
  // eslint-disable-next-line no-control-regex
  if (!path.startsWith('/') || /[\\:\u0000-\u001f%]/.test(path)) return null
  const relative = path.slice(1)
  if (posix.normalize(relative) !== relative) return null
  const parts = relative.split('/')
  return parts.some((part) => part === '' || part.startsWith('.')) ? null : relative
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
}

/** The content type that a file is sent with; null where the screens have no such kind of file, so it is not sent. */
export const contentType = (path: string): string | null =>
  types[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? null
