/**
 * The key of the files cannot be read although there are files that need it. A new key would lose the unsent work, so
 * the program does not start.
 */
export class KeyError extends Error {
  readonly code: 'KEY_MISSING' | 'KEY_UNUSABLE' | 'KEYCHAIN_CLOSED'
  readonly path: string
  constructor(code: KeyError['code'], path: string, cause?: unknown) {
    super(`The key of the files is not to be had: ${code}.`, { cause })
    this.code = code
    this.path = path
  }
}
