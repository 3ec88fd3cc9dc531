/** Why the server cannot start, in a sentence that says what to do. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartError'
  }
}

/**
 * The error to show a person after a failed start: the error itself if it is a `StartError`, or a sentence for a known
 * system error; null where neither fits.
 */
export function asStartError(error: unknown): StartError | null {
  if (error instanceof StartError) return error
  const { code, path } = error as NodeJS.ErrnoException
  const say = (sentence: string) => new StartError(sentence, { cause: error })
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return say(
        `Ringside may not write to ${path}. Give this user the right, or name another folder in RINGSIDE_DATA.`,
      )
    case 'ENOSPC':
    case 'EDQUOT':
      return say('The disk is full. Free some space and start again.')
    // PostgreSQL's code for a full disk.
    case '53100':
      return say('The disk is full. Free some space and start again.')
    default:
      return null
  }
}
