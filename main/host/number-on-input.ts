import { createInterface } from 'node:readline'

/**
 * Returns the arguments with the number filled in that `--call -` reads from standard input: no other program of this
 * machine can see it there.
 */
export async function withNumberOnInput(args: readonly string[], input: NodeJS.ReadableStream): Promise<string[]> {
  if (args[0] !== '--call' || args[1] !== '-') return [...args]
  for await (const line of createInterface({ input })) return ['--call', line, ...args.slice(2)]
  return ['--call', '', ...args.slice(2)]
}
