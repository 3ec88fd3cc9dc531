import { RefusalError, sentence } from '../protocol/errors.ts'

/** Why a workstation cannot start, in a sentence that says what to do; null where only the log can say. */
export function startSentence(error: unknown): string | null {
  if (error instanceof RefusalError) return sentence(error.refusal)
  const { code, path } = error as NodeJS.ErrnoException
  switch (code) {
    case 'EACCES': case 'EPERM': case 'EROFS':
      return `Ringside may not use ${path ?? 'its data folder'}. Give this user the right to it, or name another data folder.`
    case 'ENOSPC': case 'EDQUOT': case 'SQLITE_FULL':
      return 'The disk is full. Free some space and start again; nothing that was written is lost.'
    case 'ENOTDIR': case 'EEXIST':
      return `A file stands where the data folder should be (${path ?? ''}). Move it away, or name another data folder.`
    case 'ENAMETOOLONG':
      return 'The path of the data folder is too long. Name a shorter one.'
    default:
      return null
  }
}
