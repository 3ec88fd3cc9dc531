import { dirname } from 'node:path'
import { start as en } from '../resources/words/en/start.ts'
import { start as zh } from '../resources/words/zh/start.ts'
import { errors as errorsZh } from '../resources/words/zh/errors.ts'
import { RefusalError, sentence, spelled } from '../protocol/errors.ts'

export type StartLanguage = 'en' | 'zh'

export const startWords: Record<StartLanguage, Record<keyof typeof en, string>> = { en, zh }

/**
 * The language of this machine's user, from its environment (`zh_CN.UTF-8`) or from the system (`zh-CN`); English where
 * it is neither of our languages.
 */
export const systemLanguage = ({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): StartLanguage =>
  /^zh/i.test(LC_ALL || LC_MESSAGES || LANG || Intl.DateTimeFormat().resolvedOptions().locale) ? 'zh' : 'en'

/**
 * Says why a workstation cannot start, in a sentence that tells what to do; null where only the log can tell. `folder`
 * is the workstation's data folder.
 */
export function startSentence(
  error: unknown,
  folder: string | null = null,
  language: StartLanguage = 'en',
): string | null {
  if (error instanceof RefusalError) {
    return language === 'zh'
      ? fill(errorsZh[error.refusal.code], spelled(error.refusal).params)
      : sentence(error.refusal)
  }
  const name = nameOf(error)
  if (name === null) return null
  const { path } = error as NodeJS.ErrnoException
  const file = path ?? (folder === null ? 'files.key' : `${folder}/files.key`)
  return fill(startWords[language][name], {
    file,
    path: path ?? folder ?? 'its data folder',
    folder: folder ?? (path ? dirname(path) : '.'),
  })
}

function nameOf(error: unknown): keyof typeof en | null {
  const { code, syscall } = error as NodeJS.ErrnoException
  switch (code) {
    case 'KEY_MISSING':
      return 'keyMissing'
    case 'KEY_UNUSABLE':
      return 'keyUnusable'
    case 'KEY_WRONG':
      return 'keyWrong'
    case 'KEYCHAIN_CLOSED':
      return 'keychainClosed'
    case 'JOURNAL_MISSING':
      return 'journalMissing'
    case 'EACCES':
    case 'EPERM':
      return 'notAllowed'
    case 'SQLITE_BUSY':
      return 'inUse'
    case 'EROFS':
    case 'SQLITE_READONLY':
    case 'SQLITE_READONLY_DIRECTORY':
    case 'SQLITE_CANTOPEN':
      return 'notWritable'
    case 'ENOENT':
      return syscall === 'mkdir' ? 'notMade' : null
    case 'ENOSPC':
    case 'EDQUOT':
    case 'SQLITE_FULL':
      return 'diskFull'
    case 'ENOTDIR':
    case 'EEXIST':
      return 'fileInTheWay'
    case 'ENAMETOOLONG':
      return 'pathTooLong'
    default:
      return null
  }
}

const fill = (text: string, params: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '?'))
