import { createInterface } from 'node:readline/promises'

/**
 * A number from standard input: asked for at a terminal, else the first line of what is piped in. An argument would stand
 * in the list of processes and in npm's logs for everyone on this machine.
 */
export async function askedNumber(): Promise<string> {
  const lines = createInterface({ input: process.stdin, ...(process.stdin.isTTY ? { output: process.stdout } : {}) })
  try {
    if (process.stdin.isTTY) return await lines.question('Number: ')
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
  }
}
