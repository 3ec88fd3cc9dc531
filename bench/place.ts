import { fork, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const ENDS_WITHIN_MS = 15_000

/** A benchmark's folder and the processes that it started. All of it is removed when the benchmark ends. */
export interface Place {
  readonly folder: string
  /** Runs `end` when the benchmark ends; the last one given runs first. */
  atEnd(end: () => unknown): void
  /**
   * Starts a program of the project as a process of its own, with a channel: it ends with the benchmark, even if that
   * is killed. Its compiled code is kept between runs, as the launcher does.
   */
  program(script: string, args: readonly string[], env: Record<string, string>): ChildProcess
  /** Starts one of the benchmark's own helper programs as a process. */
  helper(script: string, env?: Record<string, string>): ChildProcess
}

/** Does `work` in a place of its own and clears up afterwards, also when it fails or Ctrl+C ends it. */
export async function inPlace<T>(benchFolder: string, name: string, work: (place: Place) => Promise<T>): Promise<T> {
  mkdirSync(benchFolder, { recursive: true })
  const folder = mkdtempSync(join(benchFolder, `${name}-`))
  // Where this user is root, PostgreSQL runs as another user and has to reach its files.
  chmodSync(folder, 0o755)
  const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
  let ending: Promise<void> | null = null
  const end = () =>
    (ending ??= (async () => {
      for (let next = ends.pop(); next; next = ends.pop())
        await Promise.resolve(next()).catch((error: unknown) => console.error('not cleared up:', error))
    })())
  const stopped = (signal: NodeJS.Signals) => {
    void end().then(() => process.exit(signal === 'SIGINT' ? 130 : 143))
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, stopped)
  const ours = (child: ChildProcess) => {
    ends.push(() => endProcess(child))
    return child
  }
  try {
    return await work({
      folder,
      atEnd: (one) => {
        ends.push(one)
      },
      program: (script, args, env) =>
        ours(
          spawn(process.execPath, [resolve(root, script), ...args], {
            cwd: root,
            env: { ...process.env, NODE_COMPILE_CACHE: join(benchFolder, 'compiled'), ...env },
            stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
          }),
        ),
      helper: (script, env = {}) =>
        ours(
          fork(join(root, 'bench', script), {
            cwd: root,
            env: { ...process.env, ...env },
            stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
          }),
        ),
    })
  } finally {
    await end()
    for (const signal of signals) process.off(signal, stopped)
  }
}

/** Asks a process to end, and kills it if it does not. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  child.kill('SIGTERM')
  const late = new AbortController()
  await Promise.race([gone, pause(ENDS_WITHIN_MS, undefined, { signal: late.signal }).catch(() => undefined)])
  late.abort()
  child.kill('SIGKILL')
  await gone
}
