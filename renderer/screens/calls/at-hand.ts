import type { OpenedCustomer } from '../../app/workspace.ts'
import type { OpenDraft, QueryResult } from '../../../protocol/workstation.ts'
import type { Words } from '../../i18n/use-words.ts'
import { captureBegun, unfinishedForms } from '../../../domain/unfinished-forms.ts'
import { formTitles } from '../../parts/contact/forms.ts'
import { dueWords } from '../../parts/time/due-words.ts'
import { shortName } from '../../parts/record/customer-name.ts'

/** One line of the work that an agent can go on with between two calls, and the customer that it opens. */
export interface AtHand {
  readonly key: string
  readonly group: 'begun' | 'due' | 'recent'
  readonly customer: OpenedCustomer
  /** What has to be done, in a few words. */
  readonly about: string
  readonly when: string
}

/** Nine, because one digit opens each line. */
const MOST = 9
const MOST_BEGUN = 3
const MOST_DUE = 3

/**
 * The work to go on with while no call is open: work that was begun and not finished, promises that are due now, and
 * the customers whom the agent was just with. Each customer is in the list once.
 */
export function atHand(
  from: {
    begun: readonly OpenDraft[]
    tasks: QueryResult<'tasks.open'>
    recent: readonly OpenedCustomer[]
    now: number
  },
  words: Words,
): AtHand[] {
  const { formats, language, say } = words
  const begun = from.begun.flatMap(({ draft, customer }): AtHand[] =>
    begunWith(draft, customer, language).map((opened) => ({
      key: draft.key,
      group: 'begun',
      customer: opened,
      about:
        draft.content.note.trim() ||
        [
          ...(customer ? [] : [say('call/capture/newCustomer')]),
          ...unfinishedForms(draft.content).map((form) => say(formTitles[form])),
        ].join(' · '),
      when: draft.savedAt === null ? '' : formats.relative(draft.savedAt, from.now),
    })),
  )
  const due = from.tasks
    .filter(({ task }) => task.dueAt <= from.now)
    .flatMap(({ task, customer }): AtHand[] =>
      customer === null
        ? []
        : [
            {
              key: task.id,
              group: 'due',
              customer: { customerId: customer.customerId, name: shortName(customer, language), names: customer },
              about: [say(`record/taskKind/${task.kind}`), task.title].filter(Boolean).join(' · '),
              when: dueWords(task.dueAt, from.now, words),
            },
          ],
    )
  const recent = from.recent.map((customer): AtHand => ({
    key: customer.customerId,
    group: 'recent',
    customer,
    about: '',
    when: '',
  }))
  const known = new Set<string>()
  return [...begun.slice(0, MOST_BEGUN), ...due.slice(0, MOST_DUE), ...recent]
    .filter(({ customer }) => !known.has(customer.customerId) && known.add(customer.customerId))
    .slice(0, MOST)
}

/** The customer that a draft is about, or the new customer whose form is half filled in. */
function begunWith(
  draft: OpenDraft['draft'],
  customer: OpenDraft['customer'],
  language: Words['language'],
): OpenedCustomer[] {
  if (customer) return [{ customerId: customer.customerId, name: shortName(customer, language), names: customer }]
  const { capture } = draft.content
  if (draft.customerId === null || !capture || !captureBegun(draft.content)) return []
  return [
    {
      customerId: draft.customerId,
      name: capture.name.trim() || capture.nativeName.trim() || capture.company.trim() || capture.city.trim(),
    },
  ]
}
