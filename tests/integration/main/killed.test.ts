import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { signedInBefore } from '../../support/signed-in-before.ts'
import { startTestWorkstation } from '../../support/test-workstation.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const KEY = 'customer:0198a000-0000-7000-8000-00000000000c'

/**
 * Lets a process type and kills it once this many letters were reported as saved. Returns how many had been reported by
 * then.
 */
function typeAndKill(folder: string, letters: number): Promise<number> {
  return new Promise((resolve) => {
    const typing = spawn(process.execPath, ['tests/support/typing-desk.ts', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let promised = 0
    typing.stdout.on('data', (chunk: Buffer) => {
      promised = Math.max(promised, ...chunk.toString().trim().split('\n').map(Number))
      if (promised >= letters) typing.kill('SIGKILL')
    })
    typing.on('close', () => resolve(promised))
  })
}

describe('kill -9 in the middle of a sentence', () => {
  it('loses no letter that was reported as saved, again and again', async () => {
    const folder = tempFolder()
    signedInBefore(folder)
    for (const letters of [3, 17, 60]) {
      const promised = await typeAndKill(folder, letters)
      const desk = await startTestWorkstation('http://127.0.0.1:9', { folder })
      const draft = await desk.seen('draft', { key: KEY }, () => true)
      expect(draft?.content.note.length).toBeGreaterThanOrEqual(promised)
      expect('The parcel came broken and she wants another. '.repeat(20)).toContain(draft?.content.note)
      await desk.stop()
    }
  })
})
