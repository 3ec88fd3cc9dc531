import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import type { AfterPackContext } from 'electron-builder'
import { describe, expect, it, onTestFinished } from 'vitest'
import afterPack from '../../../main/packaging/after-pack.ts'
import { fuses } from '../../../main/security/fuses.ts'

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** A stand-in for a program: only its fuses, as Electron is delivered with them. */
function standIn(wire: string) {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-pack-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(
    join(folder, 'ringside'),
    Buffer.concat([
      Buffer.alloc(500),
      Buffer.from(SENTINEL),
      Buffer.from([1, wire.length]),
      Buffer.from(wire),
      Buffer.alloc(500),
    ]),
  )
  return {
    appOutDir: folder,
    electronPlatformName: 'linux',
    packager: { appInfo: { productFilename: 'Ringside' }, config: { executableName: 'ringside' } },
  } as unknown as AfterPackContext
}

describe('a packed program', () => {
  it('has every fuse set as we decided', async () => {
    const context = standIn('101100101')
    await afterPack(context)
    const wire = await getCurrentFuseWire(join(context.appOutDir, 'ringside'))
    for (const [name, on] of Object.entries(fuses))
      expect([name, wire[FuseV1Options[name as keyof typeof fuses]]]).toEqual([
        name,
        on ? FuseState.ENABLE : FuseState.DISABLE,
      ])
  })

  it('is not made where Electron has a fuse that is missing in our list', async () => {
    await expect(afterPack(standIn('1011001011'))).rejects.toThrow(/fuse/i)
  })
})
