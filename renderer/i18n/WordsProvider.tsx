import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isWhy, type Refusal } from '../../protocol/errors.ts'
import { isReason } from '../../protocol/reasons.ts'
import { Id } from '../../protocol/scalars.ts'
import type { Site } from '../../protocol/workstation.ts'
import { createFormats, type ScreenLanguage } from './formats.ts'
import { WordsContext, type Say, type Words } from './use-words.ts'
import { words } from './words.ts'

/** Used until the core has told its site: the machine's own time zone. */
const nowhere: Site = {
  name: '',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  currency: 'XXX',
  country: 'CN',
}

const stateWords = words.en.shell.agentState
const isState = (name: unknown): name is keyof typeof stateWords =>
  typeof name === 'string' && Object.hasOwn(stateWords, name)

const approvalWords = words.en.record.approval
const isApproval = (name: unknown): name is keyof typeof approvalWords =>
  typeof name === 'string' && Object.hasOwn(approvalWords, name)
const quoteWords = words.en.record.quoteStatus
const isQuoteStatus = (name: unknown): name is keyof typeof quoteWords =>
  typeof name === 'string' && Object.hasOwn(quoteWords, name)

const fieldWords = words.en.shell.typed
const isField = (name: string): name is keyof typeof fieldWords => Object.hasOwn(fieldWords, name)

/**
 * Shown where a refusal knows only an id and no name: the rule for a task that a colleague has taken knows no names,
 * and an older server sends the id.
 */
const NOBODY_NAMED = 'a colleague'
const isId = (value: unknown) => Id.safeParse(value).success

/** Puts names in the screen's language in place of the codes of states, fields, prices and reasons in a refusal. */
function inWords({ code, params }: Refusal, say: Say): Refusal['params'] {
  const word = (key: string, value: string | number): string | number => {
    if (code === 'STATE_NOT_POSSIBLE' && isState(value)) return say(`shell/agentState/${value}`)
    if (code === 'PRICE_NEEDS_REASON' && (value === 'told' || value === 'list')) return say(`shell/refused/${value}`)
    if (
      code === 'CHANGED_MEANWHILE' &&
      key === 'value' &&
      params['field'] === 'owner' &&
      (value === NOBODY_NAMED || isId(value))
    )
      return say('shell/refused/colleague')
    if (code === 'APPROVAL_DECIDED' && isApproval(value)) return say(`record/approval/${value}`)
    if (code === 'APPROVAL_DECIDED' && isQuoteStatus(value)) return say(`record/quoteStatus/${value}`)
    const field = String(value).split('.').at(-1) ?? ''
    if (key === 'field' && isField(field)) return say(`shell/typed/${field}`)
    return isWhy(key) && isReason(value) ? say(`reasons/${value}`, params) : value
  }
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, word(key, value)]))
}

/** Provides the words and formats of the chosen language and of the site. */
export function WordsProvider({ site, children }: { site: Site | null; children: ReactNode }) {
  const { t, i18n } = useTranslation()
  const language: ScreenLanguage = i18n.language === 'zh' ? 'zh' : 'en'
  const value = useMemo<Words>(() => {
    const plain = new Map<string, string>()
    const say: Say = (word, params) => {
      if (params) return t(word, params)
      let text = plain.get(word)
      if (text === undefined) plain.set(word, (text = t(word)))
      return text
    }
    return {
      say,
      language,
      site: site ?? nowhere,
      formats: createFormats(language, site ?? nowhere),
      refusal: (refusal) => say(`errors/${refusal.code}`, inWords(refusal, say)),
      setLanguage: (next) => void i18n.changeLanguage(next),
    }
  }, [t, i18n, language, site])
  return <WordsContext value={value}>{children}</WordsContext>
}
