import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { JOURNAL_KEY, openWriter, sealing, someUser } from './writer-on-files.ts'

/**
 * Prepares an empty folder as the folder of a workstation whose user has signed in once, so that this user can work
 * there without a server.
 */
export function signedInBefore(folder: string, more: Readonly<Record<string, string>> = {}): void {
  writeFileSync(join(folder, 'files.key'), JOURNAL_KEY, { mode: 0o600 })
  const writer = openWriter(folder)
  writer.remember({
    ...more,
    session: JSON.stringify({
      identity: {
        userId: someUser,
        login: 'anna',
        displayName: 'Anna',
        role: 'agent',
        team: 'one',
        extension: null,
        scopes: ['org'],
      },
      sessionToken: 'from before',
      ...sealing,
      expiresAt: Date.now() + 86_400_000,
      expired: false,
      site: { name: 'Test', timeZone: 'Asia/Shanghai', currency: 'CNY', country: 'CN' },
    }),
  })
  writer.close()
}
