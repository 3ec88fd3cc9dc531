import { parseArgs, type ParseArgsConfig } from 'node:util'

/**
 * Reads the arguments of a command. If they cannot be read, it prints why and how the command is used, and the program
 * ends with code 2.
 */
export function readArguments<T extends ParseArgsConfig>(config: T, usage: string): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) throw error
    // Node adds sentences about its own rules after the first one; they are dropped.
    console.error(`${(error as Error).message.split(/\. |\n/)[0]!.replace(/\.$/, '')}.\n\n${usage}`)
    process.exit(2)
  }
}
