import { createInterface } from 'node:readline/promises'

/**
 * Reads a number from standard input: at a terminal it asks for it, otherwise it takes the first line of the piped
 * input. A command-line argument would be visible to everyone on this machine, in the list of processes and in npm's
 * logs.
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
