import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { socketFolder } from './socket-folder.ts'
import { alone } from './takeover-lock.ts'

const LONGEST_MESSAGE = 4096
const ANSWER_WITHIN_MS = 3000
/** Unix allows about a hundred bytes for the path of a socket. */
const LONGEST_PATH = 100
const NOBODY_THERE = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTDIR'])

export type Instance =
  | { readonly kind: 'first'; release(): Promise<void> }
  /** Another instance runs on this folder; it was given our arguments and answered this. */
  | { readonly kind: 'second'; readonly answer: string | null }

/** Receives the arguments of a later start; may answer one line. */
type OnHandedOver = (args: string[]) => string | null

/**
 * Allows one instance for each data folder. The first instance listens on a local socket; a later one hands over its
 * arguments and ends. A socket that a killed instance left behind does not answer and is removed; an instance that runs
 * but is busy keeps its place. Throws a sentence where the first does not answer or does not take the arguments.
 */
export async function claimInstance(
  folder: string,
  args: readonly string[],
  onHandedOver: OnHandedOver,
): Promise<Instance> {
  const told = await tellInstance(folder, args)
  if (told) return { kind: 'second', ...told }
  // Another start may take the place of a dead socket between our finding it and removing it: so only one start at a
  // time gets here, and it looks again.
  return alone(join(folder, 'instance.lock'), async (): Promise<Instance> => {
    const meanwhile = await tellInstance(folder, args)
    if (meanwhile) return { kind: 'second', ...meanwhile }
    const path = socketPath(folder)
    if (process.platform !== 'win32') rmSync(path, { force: true })
    const server = await listen(path, onHandedOver)
    return {
      kind: 'first',
      release: () =>
        new Promise((resolve) => {
          server.close(() => resolve())
        }),
    }
  })
}

/**
 * Hands arguments to the instance that runs on this folder and returns its answer; null where none runs. Throws as
 * `claimInstance` does.
 */
export async function tellInstance(
  folder: string,
  args: readonly string[],
): Promise<{ readonly answer: string | null } | null> {
  const heard = await handOver(socketPath(folder), args)
  if (heard === 'gone') return null
  if (heard === 'silent')
    throw new Error('Another Ringside on this data folder neither answers nor ends. End it, then start again.')
  if (heard === 'refused')
    throw new Error('Ringside runs already and did not take this: it is too much or too long for a command line.')
  return heard
}

function socketPath(folder: string): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24)
  if (process.platform === 'win32') return `\\\\.\\pipe\\ringside-${name}`
  const inside = join(folder, 'instance.sock')
  return Buffer.byteLength(inside) <= LONGEST_PATH
    ? inside
    : join(socketFolder(process.env, process.getuid?.() ?? 0), `${name}.sock`)
}

function listen(path: string, onHandedOver: OnHandedOver): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      let text = ''
      socket.setEncoding('utf8')
      socket.setTimeout(2000, () => socket.destroy())
      socket.on('error', () => socket.destroy())
      socket.on('data', (chunk: string) => {
        text += chunk
        if (text.length > LONGEST_MESSAGE) socket.destroy()
        else if (text.endsWith('\n')) {
          const given = readArguments(text)
          if (given) socket.end(`${['ok', onHandedOver(given) ?? []].flat().join(' ')}\n`)
          else socket.end('no\n')
        }
      })
    })
    server.once('error', reject)
    server.listen(path, () => {
      // The socket alone must not keep the process running.
      server.unref()
      resolve(server)
    })
  })
}

/** Other programs of this user can write here too: anything but a short list of short texts is refused. */
function readArguments(text: string): string[] | null {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) &&
      value.length <= 20 &&
      value.every((item) => typeof item === 'string' && item.length <= 600)
      ? (value as string[])
      : null
  } catch {
    return null
  }
}

/**
 * `gone`: no process listens there any more. `silent`: a process listens and does not answer (busy, stopped, or another
 * user's).
 */
function handOver(
  path: string,
  args: readonly string[],
): Promise<{ answer: string | null } | 'refused' | 'gone' | 'silent'> {
  return new Promise((resolve) => {
    const socket = connect(path)
    let heard = ''
    socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy())
    socket.on('connect', () => socket.write(`${JSON.stringify(args)}\n`))
    socket.on('data', (chunk) => {
      heard += chunk.toString()
      if (!heard.endsWith('\n')) return
      const [word, ...answer] = heard.trim().split(' ')
      resolve(word === 'ok' ? { answer: answer.length > 0 ? answer.join(' ') : null } : 'refused')
      socket.end()
    })
    socket.on('error', (error: NodeJS.ErrnoException) =>
      resolve(NOBODY_THERE.has(error.code ?? '') ? 'gone' : 'silent'),
    )
    socket.on('close', () => resolve('silent'))
  })
}
