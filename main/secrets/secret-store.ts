/** Who keeps the files' key: the operating system's keychain, or a file where the machine has none (and the screens say so). */
export interface SecretStore {
  readonly kind: 'keychain' | 'file'
  /** The file that it is in, sealed or not. */
  readonly path: string
  /** The secret, or null where none was kept yet. Throws where there is one that cannot be read. */
  load(): Promise<string | null>
  save(secret: string): Promise<void>
}
