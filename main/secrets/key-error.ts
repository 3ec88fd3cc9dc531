/**
 * Why the key of the files is not to be had although files of it are there. Beginning anew with another key would lose
 * what is unsent, so nothing is begun.
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
