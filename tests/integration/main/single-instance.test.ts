import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { claimInstance, tellInstance, type Instance } from '../../../main/host/single-instance.ts'
import { socketFolder } from '../../../main/host/socket-folder.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { until } from '../../support/until.ts'

async function first(folder: string, answer: string | null = null) {
  const given: string[][] = []
  const instance = await claimInstance(folder, [], (args) => {
    given.push(args)
    return answer
  })
  if (instance.kind === 'first') onTestFinished(() => instance.release())
  return { instance, given }
}

/** Starts a process that claims folders when it is told to. */
function claimer() {
  const child = spawn(process.execPath, ['tests/support/claims-instances.ts'], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return {
    ask: (line: string) =>
      new Promise<string>((resolve) => {
        child.stdout.once('data', (said: Buffer) => resolve(said.toString().trim()))
        child.stdin.write(`${line}\n`)
      }),
  }
}

/** Leaves a socket on which nothing listens any more, as a kill -9 does. */
async function leaveStaleSocket(folder: string): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(join(folder, 'made.sock'), resolve)
  })
  renameSync(join(folder, 'made.sock'), join(folder, 'instance.sock'))
  await new Promise((resolve) => {
    server.close(resolve)
  })
}

describe('two starts on one data folder', () => {
  it('the second hands its arguments to the first and does not become an instance', async () => {
    const folder = tempFolder()
    const { given } = await first(folder)
    const second: Instance = await claimInstance(folder, ['--call', '13800138000'], () => null)
    expect(second.kind).toBe('second')
    expect(given).toEqual([['--call', '13800138000']])
  })

  it('at the same moment end with one first', async () => {
    const folder = tempFolder()
    const both = await Promise.all([claimInstance(folder, ['a'], () => null), claimInstance(folder, ['b'], () => null)])
    expect(both.map((instance) => instance.kind).toSorted()).toEqual(['first', 'second'])
    for (const instance of both) if (instance.kind === 'first') await instance.release()
  })

  it('are not stopped by what a killed instance left behind', async () => {
    const folder = tempFolder()
    const code = `import { claimInstance } from './main/host/single-instance.ts'; await claimInstance(${JSON.stringify(folder)}, [], () => null); process.stdout.write('up'); setInterval(() => {}, 1000)`
    const killed = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let up = false
    killed.stdout.on('data', () => {
      up = true
    })
    await until(() => up, 'the first one')
    killed.kill('SIGKILL')
    await new Promise((resolve) => {
      killed.once('close', resolve)
    })
    expect(existsSync(join(folder, 'instance.sock'))).toBe(true)
    expect((await first(folder)).instance.kind).toBe('first')
  })

  it('never take a running instance that does not answer for dead: its socket stays', async () => {
    const folder = tempFolder()
    const silent = createServer((socket) => socket.resume())
    await new Promise<void>((resolve) => {
      silent.listen(join(folder, 'instance.sock'), resolve)
    })
    onTestFinished(
      () =>
        new Promise((resolve) => {
          silent.close(() => resolve())
        }),
    )
    await expect(claimInstance(folder, [], () => null)).rejects.toThrow('neither answers nor ends')
    expect(existsSync(join(folder, 'instance.sock'))).toBe(true)
  })

  it('if the first does not accept the arguments, the caller is told so', async () => {
    const folder = tempFolder()
    const { given } = await first(folder)
    await expect(claimInstance(folder, ['x'.repeat(700)], () => null)).rejects.toThrow('did not take')
    expect(given).toEqual([])
  })

  it('the first accepts nothing but a short list of short texts', async () => {
    const folder = tempFolder()
    const { given } = await first(folder)
    for (const text of [
      'nonsense\n',
      '{}\n',
      `${JSON.stringify(['x'.repeat(700)])}\n`,
      `${JSON.stringify(Array.from({ length: 30 }, () => 'x'))}\n`,
      '[1]\n',
      'x'.repeat(10_000),
    ]) {
      await new Promise((resolve) => {
        const socket = connect(join(folder, 'instance.sock'), () => socket.write(text))
        socket.on('data', () => socket.end())
        socket.on('close', resolve)
        socket.on('error', resolve)
      })
    }
    expect(given).toEqual([])
  })

  it('in the same millisecond, on what a killed instance left behind, never both become the first', async () => {
    const starts = [claimer(), claimer()]
    for (let round = 0; round < 40; round += 1) {
      const folder = tempFolder()
      await leaveStaleSocket(folder)
      const at = performance.timeOrigin + performance.now() + 10
      const kinds = await Promise.all(starts.map((start) => start.ask(JSON.stringify({ folder, at }))))
      expect(kinds.toSorted(), `round ${round}`).toEqual(['first', 'second'])
      await Promise.all(starts.map((start) => start.ask('')))
    }
  })

  it('the first may answer, and a program that only asks never becomes an instance', async () => {
    const folder = tempFolder()
    expect(await tellInstance(folder, ['--open'])).toBeNull()
    const { given } = await first(folder, 'http://127.0.0.1:1/#x')
    expect(await tellInstance(folder, ['--open'])).toEqual({ answer: 'http://127.0.0.1:1/#x' })
    expect(given).toEqual([['--open']])
  })

  it('on a folder with a long path meet in a folder of this user alone', async () => {
    const folder = join(tempFolder(), 'x'.repeat(120))
    mkdirSync(folder)
    await first(folder)
    expect((await claimInstance(folder, ['a'], () => null)).kind).toBe('second')
    expect(existsSync(join(folder, 'instance.sock'))).toBe(false)
  })

  it('never trust a folder that another user could have made', () => {
    const uid = process.getuid!()
    const temporary = tempFolder()
    const session = join(temporary, 'session')
    mkdirSync(session, { mode: 0o700 })
    expect(socketFolder({ XDG_RUNTIME_DIR: session }, uid, temporary)).toBe(session)
    chmodSync(session, 0o755)
    const ours = socketFolder({ XDG_RUNTIME_DIR: session }, uid, temporary)
    expect(ours).toBe(join(temporary, `ringside-${uid}`))
    chmodSync(ours, 0o777)
    expect(() => socketFolder({}, uid, temporary)).toThrow('cannot be trusted')
    // This user made the folder, so it is not the other user's own.
    mkdirSync(join(temporary, `ringside-${uid + 1}`), { mode: 0o700 })
    expect(() => socketFolder({}, uid + 1, temporary)).toThrow('cannot be trusted')
    symlinkSync(ours, join(temporary, `ringside-${uid + 2}`))
    expect(() => socketFolder({}, uid + 2, temporary)).toThrow('cannot be trusted')
  })

  it('say what to do if a folder cannot be used', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'file'), '')
    await expect(claimInstance(join(folder, 'file', 'x'), [], () => null)).rejects.toThrow('cannot write to')
  })
})
