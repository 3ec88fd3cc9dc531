import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const LONGEST_MESSAGE = 4096
const ANSWER_WITHIN_MS = 3000
/** Unix allows about a hundred bytes for the path of a socket. */
const LONGEST_PATH = 100

export type Instance =
  | { readonly kind: 'first'; release(): Promise<void> }
  /** Another one runs on this folder; it was given our arguments. */
  | { readonly kind: 'second' }

/**
 * One instance a data folder. The first listens on a local socket; a later one hands over its arguments and ends. What
 * a killed one leaves behind answers nobody and is taken away; one that is there and busy keeps its place. Throws a
 * sentence where the first does not answer or does not take the arguments.
 */
export async function claimInstance(folder: string, args: readonly string[], onHandedOver: (args: string[]) => void): Promise<Instance> {
  const path = socketPath(folder)
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const server = await tryListen(path, onHandedOver)
    if (server) return { kind: 'first', release: () => new Promise((resolve) => server.close(() => resolve())) }
    const answer = await handOver(path, args)
    if (answer === 'taken') return { kind: 'second' }
    if (answer === 'refused') throw new Error('Ringside runs already and did not take this: it is too much or too long for a command line.')
    if (answer === 'silent') break
    if (process.platform !== 'win32') rmSync(path, { force: true })
  }
  throw new Error('Another Ringside on this data folder neither answers nor ends. End it, then start again.')
}

function socketPath(folder: string): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24)
  if (process.platform === 'win32') return `\\\\.\\pipe\\ringside-${name}`
  const inside = join(folder, 'instance.sock')
  return Buffer.byteLength(inside) <= LONGEST_PATH ? inside : join(tmpdir(), `ringside-${name}.sock`)
}

function tryListen(path: string, onHandedOver: (args: string[]) => void): Promise<Server | null> {
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
          socket.end(given ? 'ok\n' : 'no\n')
          if (given) onHandedOver(given)
        }
      })
    })
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)))
    server.listen(path, () => {
      // It must not keep the process up by itself.
      server.unref()
      resolve(server)
    })
  })
}

/** Another program of this user may write here too: anything but a short list of short texts is refused. */
function readArguments(text: string): string[] | null {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.length <= 20 && value.every((item) => typeof item === 'string' && item.length <= 600) ? (value as string[]) : null
  } catch {
    return null
  }
}

/** `gone`: nobody listens there any more. `silent`: somebody does, and says nothing (busy, stopped, another user's). */
function handOver(path: string, args: readonly string[]): Promise<'taken' | 'refused' | 'gone' | 'silent'> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy())
    socket.on('connect', () => socket.write(`${JSON.stringify(args)}\n`))
    socket.on('data', (answer) => {
      resolve(answer.toString() === 'ok\n' ? 'taken' : 'refused')
      socket.end()
    })
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED' || error.code === 'ENOENT' ? 'gone' : 'silent'))
    socket.on('close', () => resolve('silent'))
  })
}
