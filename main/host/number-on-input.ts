import { createInterface } from 'node:readline'

/** The arguments with the number that `--call -` leaves to standard input: there no other program of this machine sees it. */
export async function withNumberOnInput(args: readonly string[], input: NodeJS.ReadableStream): Promise<string[]> {
  if (args[0] !== '--call' || args[1] !== '-') return [...args]
  for await (const line of createInterface({ input })) return ['--call', line, ...args.slice(2)]
  return ['--call', '', ...args.slice(2)]
}
