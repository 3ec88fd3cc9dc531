/**
 * Keeps the files' key: in the operating system's keychain, or in a file where the machine has no keychain (then the
 * screens say so).
 */
export interface SecretStore {
  readonly kind: 'keychain' | 'file'
  /** The file that holds the secret, sealed or not. */
  readonly path: string
  /** Returns the secret, or null where none was saved yet. Throws where there is a secret that cannot be read. */
  load(): Promise<string | null>
  save(secret: string): Promise<void>
}
