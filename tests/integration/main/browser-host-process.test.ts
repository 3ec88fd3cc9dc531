import { spawn } from 'node:child_process'
import { expect, it, onTestFinished } from 'vitest'
import { browserHost } from '../../../launch/built.ts'
import { tempFolder } from '../../support/temp-folder.ts'

/** Starts the browser host as a process, with the channel of a launcher and a server that does not answer. */
function run(folder: string, ...args: string[]) {
  const host = spawn(
    process.execPath,
    [
      browserHost,
      '--server',
      'http://127.0.0.1:9',
      '--data',
      folder,
      '--renderer',
      'tests/support/screens-page',
      ...args,
    ],
    { stdio: ['pipe', 'pipe', 'pipe', 'ipc'] },
  )
  onTestFinished(() => {
    host.kill('SIGKILL')
  })
  let said = ''
  const quiet = Promise.all(
    [host.stdout, host.stderr].map(
      (stream) =>
        new Promise((resolve) => {
          stream?.once('close', resolve)
        }),
    ),
  )
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
    // Do not wait for `close`: a parent that has closed the channel itself never gets that event.
    host.once('exit', (code) => {
      void quiet.then(() => resolve({ code, said }))
    })
  })
  const open = new Promise<void>((resolve, reject) => {
    host.once('exit', () => reject(new Error(`it ended before it was open: ${said}`)))
    for (const stream of [host.stdout, host.stderr])
      stream?.on('data', (text: Buffer) => {
        said += text.toString()
        if (said.includes('Ringside is open at')) resolve()
      })
  })
  open.catch(() => undefined)
  return { host, open, ended }
}

it('ends when its launcher is gone, for whatever reason', async () => {
  const { host, open, ended } = run(tempFolder())
  await open
  host.disconnect()
  expect((await ended).code).toBe(0)
})

it('a number on the command line that is not a phone number is refused in a sentence where it was typed', async () => {
  const folder = tempFolder()
  await run(folder).open
  const second = await run(folder, '--call', 'abc').ended
  expect(second.said).toContain('The link could not be used: the number has characters that do not belong in a number.')
  expect(second.code).toBe(1)
  const typed = run(folder, '--call', '-')
  typed.host.stdin?.end('abc\n')
  expect(await typed.ended).toMatchObject({
    code: 1,
    said: expect.stringContaining('characters that do not belong in a number'),
  })
  const piped = run(folder, '--call', '-')
  piped.host.stdin?.end('+86 138 0013 8000\n')
  expect(await piped.ended).toMatchObject({ code: 0, said: expect.stringContaining('it was told') })
  expect(await run(folder, '--call', '13800138000').ended).toMatchObject({
    code: 0,
    said: expect.stringContaining('it was told'),
  })
})
