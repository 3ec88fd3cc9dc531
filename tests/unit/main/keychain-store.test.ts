import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { filesKey } from '../../../main/secrets/files-key.ts'
import { startSentence } from '../../../main/start-sentence.ts'

const keychain = vi.hoisted(() => ({ available: true, backend: 'gnome_libsecret', opens: true }))

vi.mock('electron', async () => {
  const { electronModule } = await import('../../support/electron-fake.ts')
  return {
    ...electronModule,
    safeStorage: {
      ...electronModule.safeStorage,
      isEncryptionAvailable: () => keychain.available,
      getSelectedStorageBackend: () => keychain.backend,
      decryptString: (sealed: Buffer) => {
        if (!keychain.opens)
          throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.')
        return electronModule.safeStorage.decryptString(sealed)
      },
    },
  }
})

const KEY = 'ab'.repeat(32)
const OTHER = 'cd'.repeat(32)
let folder: string
beforeEach(() => {
  vi.resetModules()
  Object.assign(keychain, { available: true, backend: 'gnome_libsecret', opens: true })
  folder = mkdtempSync(join(tmpdir(), 'ringside-keychain-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
})

const sealed = () => join(folder, 'files.key.sealed')
const plain = () => join(folder, 'files.key')
/** The key that a start of the desktop program gets. */
async function start(newKey = OTHER): Promise<string> {
  const { createKeychainStore } = await import('../../../main/platform/keychain-store.electron.ts')
  return filesKey(createKeychainStore(sealed(), plain()), () => newKey)
}

async function refusal(): Promise<string | null> {
  try {
    await start()
  } catch (error) {
    return [startSentence(error, folder), startSentence(error, folder, 'zh')].join('\n')
  }
  return null
}

test.each([
  [
    'is not available',
    () => {
      keychain.available = false
    },
  ],
  [
    'keeps plain text only',
    () => {
      keychain.backend = 'basic_text'
    },
  ],
  [
    'does not open it: locked, or of another user',
    () => {
      keychain.opens = false
    },
  ],
])('a key that the keychain sealed is never replaced where the keychain %s', async (_, change) => {
  expect(await start(KEY)).toBe(KEY)
  change()
  expect(await refusal()).toMatch(/keychain .*Unlock[^]*钥匙串/)
  expect(readdirSync(folder)).toEqual(['files.key.sealed'])
  Object.assign(keychain, { available: true, backend: 'gnome_libsecret', opens: true })
  expect(await start()).toBe(KEY)
})

test('a key that was kept in a file, because there was no keychain, stays the key when there is one', async () => {
  keychain.available = false
  expect(await start(KEY)).toBe(KEY)
  keychain.available = true
  expect(await start()).toBe(KEY)
  expect(existsSync(sealed())).toBe(false)
})

test.each(['journal.db', 'journal.ballast', 'journal-damaged-1.db'])(
  'with %s there but no key, the program does not start',
  async (name) => {
    writeFileSync(join(folder, name), 'x')
    expect(await refusal()).toMatch(/is missing[^]*密钥不见了/)
    expect(readdirSync(folder)).toEqual([name])
  },
)

test('a sealed key whose file is empty is refused as not whole', async () => {
  await start(KEY)
  truncateSync(sealed())
  expect(await refusal()).toMatch(/not whole[^]*密钥不完整/)
})
