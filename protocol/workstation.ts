import { z } from 'zod'
import { AgentCall, AgentState, AgentStateName, CallControl, NotReadyReason } from './calls.ts'
import { CommandName } from './commands.ts'
import { Draft, DraftContent } from './draft.ts'
import { entities } from './entities.ts'
import { Refusal } from './errors.ts'
import { Candidate, Match, ShownNumber } from './match.ts'
import { CustomerRecord, PersonName, PriceMemory, TimelinePage } from './record.ts'
import { CallId, ClockInstant, CustomerId, Id, ShortText, StoredInstant } from './scalars.ts'
import { CommandOutcome, Identity } from './wire.ts'

/** The site's settings as screens need them: times are shown in its zone. */
export const Site = z.strictObject({ name: z.string(), timeZone: z.string(), currency: z.string(), country: z.string() })
export type Site = z.infer<typeof Site>

/** What the screens know at once when they open. `secretStore`: who keeps the files' key (`keychain`, or `file` where the machine has none). */
export const Session = z.strictObject({
  identity: Identity.nullable(),
  /** Set when the server no longer accepts the sign-in; work goes on, sending waits. */
  expired: z.boolean(),
  site: Site.nullable(),
  secretStore: z.enum(['keychain', 'file']),
  appVersion: z.string(),
})
export type Session = z.infer<typeof Session>

/**
 * The state of the way to the center, in words on the screen. `setup` holds while the first snapshot loads
 * (`doneBytes` of `totalBytes`); lookups are answered by the server meanwhile.
 */
export const SyncState = z.strictObject({
  link: z.enum(['online', 'connecting', 'offline', 'refused']),
  refusal: Refusal.nullable(),
  /** Last time the center was heard. */
  reachedAt: ClockInstant.nullable(),
  unsent: z.int(),
  /** Refused and parked commands nobody has dealt with. */
  needsAttention: z.int(),
  /** Changes of the log not applied yet. */
  behind: z.int(),
  /** `waitsFor`: why the load stands still; it goes on by itself when that is over. */
  setup: z.strictObject({ doneBytes: z.int(), totalBytes: z.int(), waitsFor: Refusal.optional() }).nullable(),
  /** Alarms of this machine: disk full, journal damaged. */
  alarm: Refusal.nullable(),
})
export type SyncState = z.infer<typeof SyncState>

/** A command of the signed-in user that is not settled, with what was typed so that a person can read it. */
export const UnsentItem = z.strictObject({
  commandId: Id,
  seq: z.int(),
  name: CommandName,
  args: z.record(z.string(), z.unknown()),
  /** What its amounts are in; null: it has none, or what it is about is not known here. */
  currency: z.string().nullable(),
  customerName: z.string().nullable(),
  customerId: CustomerId.nullable(),
  /** The task, where its command says nothing but which. */
  about: z.string().nullable(),
  userName: z.string(),
  at: ClockInstant,
  state: z.enum(['waiting', 'sent', 'refused', 'parked']),
  outcome: CommandOutcome.nullable(),
})
export type UnsentItem = z.infer<typeof UnsentItem>

/** A call on this desk: what the telephone system says, whom it matched, its draft. One tab each. */
export const DeskCall = z.strictObject({
  call: AgentCall,
  number: ShownNumber.nullable(),
  match: Match,
  /** Whom the tab shows: the one match, or the one picked, or the one captured. */
  customerId: CustomerId.nullable(),
  draft: Draft,
  /** Came without the center, over a deep link or the command line. */
  local: z.boolean(),
  /** The center has answered about a caller the cache did not hold. */
  enriched: z.boolean(),
  /** The task that the call was dialled for: wrapped up after a talk, it is done. */
  taskId: Id.optional(),
  /** The record could not be read yet: the caller stands here as unknown, with the number as it came, and is read again by itself. */
  unread: Refusal.optional(),
})
export type DeskCall = z.infer<typeof DeskCall>

/** A call that rang here and that nobody answered: who it was. */
export const MissedCall = DeskCall.pick({ call: true, number: true, match: true, customerId: true })
export type MissedCall = z.infer<typeof MissedCall>

/** The pop: one event holds all that the screen paints. `record` is null where nobody is matched yet. */
export const Pop = z.strictObject({ desk: DeskCall, record: CustomerRecord.nullable() })
export type Pop = z.infer<typeof Pop>

/** A hit of the customer search with the field it was found by. */
export const SearchHit = Candidate.omit({ reasons: true }).extend({
  foundBy: z.enum(['name', 'nativeName', 'pinyin', 'phone', 'account', 'order', 'invoice', 'quote', 'complaint', 'tracking', 'email', 'organisation']),
  /** The matching text where it is not the name: the number, the order number. */
  found: z.string().nullable(),
})
export type SearchHit = z.infer<typeof SearchHit>

/** A change of a customer by the signed-in user that the server did not take over, because a colleague had changed the same field before. */
export const FieldConflict = z.strictObject({ commandId: Id, field: z.string(), mine: z.string().nullable(), at: ClockInstant })
export type FieldConflict = z.infer<typeof FieldConflict>

/** A task with whom it concerns, for the callback list. */
export const TaskItem = z.strictObject({ task: entities.task.stored, customer: Candidate.omit({ reasons: true }).nullable(), phone: z.string().nullable(), shownPhone: z.string().optional() })
/** Whose tasks a list shows; `ended`: those that the user ended so recently that they can be taken back. */
export const TaskView = z.enum(['mine', 'team', 'all', 'ended'])
export type TaskView = z.infer<typeof TaskView>

/** A list of tasks, the most due first, with how many there are in each view (a list shows the first 200). */
export const TaskList = z.strictObject({ items: z.array(TaskItem), counts: z.record(TaskView, z.int()) })
export type TaskList = z.infer<typeof TaskList>

/** A price below the floor that was asked for, with for whom it is and who asked; `decider`: who granted or refused it. */
export const ApprovalItem = z.strictObject({
  quote: entities.quote.stored, customer: Candidate.omit({ reasons: true }), asker: PersonName.nullable(), decider: PersonName.nullable(),
})
export type ApprovalItem = z.infer<typeof ApprovalItem>

/** What waits for the signed-in user in each place: callbacks that are due, complaints they hold, prices to decide. */
export const WorkCounts = z.strictObject({ callbacks: z.int(), complaints: z.int(), approvals: z.int() })
export type WorkCounts = z.infer<typeof WorkCounts>

/** The earlier texts of a contact, the newest first. */
export const Revisions = z.strictObject({ revisions: z.array(entities.interactionRevision.stored), people: z.array(PersonName) })

export const ComplaintItem = z.strictObject({ complaint: entities.complaint.stored, customer: Candidate.omit({ reasons: true }) })

/** Work on a customer without a call that was begun and is neither wrapped up nor thrown away. */
export const OpenDraft = z.strictObject({ draft: Draft, customer: Candidate.omit({ reasons: true }).nullable() })
export type OpenDraft = z.infer<typeof OpenDraft>

const query = <A extends z.ZodType, R extends z.ZodType>(args: A, result: R) => ({ args, result })
const nothing = z.strictObject({})

/** Live queries: each runs again and pushes when a row it depends on changes. `null`: there is no such thing (here). */
export const queries = {
  session: query(nothing, Session),
  'sync.state': query(nothing, SyncState),
  'sync.unsent': query(nothing, z.array(UnsentItem)),
  'agent.state': query(nothing, AgentState.nullable()),
  /** Calls of this desk until they are wrapped up, oldest first. */
  'desk.calls': query(nothing, z.array(DeskCall)),
  /** Calls that rang here and that nobody answered, the last one first, until they are dismissed. */
  'calls.missed': query(nothing, z.array(MissedCall)),
  'customer.record': query(z.strictObject({ customerId: CustomerId }), CustomerRecord.nullable()),
  /** What the user changed of this customer and a colleague had changed before, until they have dealt with it. */
  'customer.conflicts': query(z.strictObject({ customerId: CustomerId }), z.array(FieldConflict)),
  'customer.timeline': query(
    z.strictObject({ customerId: CustomerId, before: z.strictObject({ at: StoredInstant, id: Id }).nullable() }), TimelinePage),
  'customer.search': query(z.strictObject({ text: ShortText, limit: z.int().min(1).max(1001) }), z.array(SearchHit)),
  'price.memory': query(z.strictObject({ customerId: CustomerId, productId: Id }), PriceMemory.nullable()),
  'product.search': query(z.strictObject({ text: ShortText, limit: z.int().min(1).max(50) }), z.array(entities.product.stored)),
  'draft': query(z.strictObject({ key: z.string().max(160) }), Draft.nullable()),
  /** The signed-in user's work without a call, the last written first: what was open when the desk was closed is found here. */
  'drafts.open': query(nothing, z.array(OpenDraft)),
  /** Open tasks of the signed-in user and unowned ones, the most due first. */
  'tasks.open': query(nothing, z.array(TaskItem)),
  'tasks.list': query(z.strictObject({ view: TaskView }), TaskList),
  'complaints.open': query(nothing, z.array(ComplaintItem)),
  /** Prices that wait for the signed-in user to decide, the longest waiting first; empty for who may not. */
  'approvals.waiting': query(nothing, z.array(ApprovalItem)),
  /** What became of prices that the signed-in user asked for, until they say that they have seen it. */
  'approvals.decided': query(nothing, z.array(ApprovalItem)),
  'work.counts': query(nothing, WorkCounts),
  'interaction.revisions': query(z.strictObject({ interactionId: Id }), Revisions),
  colleagues: query(nothing, z.array(PersonName.extend({ extension: z.string().nullable(), role: z.string(), team: z.string() }))),
  /** What the colleagues are at; who is not named was never signed in. Null: the center is not reached, or too old to say. */
  'colleagues.states': query(nothing, z.array(AgentState).nullable()),
} as const
export type QueryName = keyof typeof queries
export type QueryArgs<Q extends QueryName> = z.infer<(typeof queries)[Q]['args']>
export type QueryResult<Q extends QueryName> = z.infer<(typeof queries)[Q]['result']>

/** Things a screen asks for that are no commands of the record: they act on this desk or at once on the center. */
export const actions = {
  'session.signIn': query(z.strictObject({ login: ShortText.min(1), password: z.string().min(1).max(256) }), z.null()),
  /** Only from NOT_READY or LOGGED_OUT; what is unsent stays and goes out later. */
  'session.signOut': query(nothing, z.null()),
  'call.control': query(CallControl, z.null()),
  /** A missed call was looked at or called back. */
  'missed.dismiss': query(z.strictObject({ callId: CallId }), z.null()),
  /** Dials, and knows whom: the call opens this customer and settles this task. */
  'call.dial': query(z.strictObject({ number: z.string().min(1).max(40), customerId: CustomerId.nullable(), taskId: Id.nullable() }), z.null()),
  'agent.setState': query(z.strictObject({ state: AgentStateName, reason: NotReadyReason.nullable() }), z.null()),
  /** Saves what is typed; answered when it is on disk. */
  'draft.save': query(z.strictObject({ key: z.string().min(1).max(160), content: DraftContent }), z.strictObject({ savedAt: ClockInstant })),
  /** Opens (or finds) the draft of work on a customer without a call. */
  'draft.open': query(z.strictObject({ customerId: CustomerId }), Draft),
  'draft.discard': query(z.strictObject({ key: z.string().min(1).max(160) }), z.null()),
  /** Says whom a call is with. Learns the number unless `once`. */
  'desk.pick': query(z.strictObject({ callId: CallId, customerId: CustomerId, once: z.boolean() }), z.null()),
  /** "Not them": the number no longer opens this customer by itself. */
  'desk.reject': query(z.strictObject({ callId: CallId, customerId: CustomerId }), z.null()),
  /**
   * An ended call is done: wraps up from its draft (note, outcome, next step) in one command and closes the tab. Refused while
   * text of the draft would reach no command; `leaveForms`: the forms that were begun are given up.
   */
  'desk.wrapUp': query(z.strictObject({ key: z.string().min(1).max(160), leaveForms: z.boolean().optional() }), z.strictObject({ interactionId: Id, finishedTaskId: Id.nullable().default(null) })),
  /** Makes the customer of a draft's capture form; where the draft is a call's, the call is theirs then. */
  'desk.capture': query(z.strictObject({ key: z.string().min(1).max(160) }), z.strictObject({ customerId: CustomerId })),
  /** Erases a customer everywhere and for good; answered by the center, and refused without it. For supervisors and managers. */
  'customer.erase': query(z.strictObject({ customerId: CustomerId, reason: ShortText.trim().min(1) }), z.null()),
  'sync.retry': query(z.strictObject({ commandId: Id }), z.null()),
  /** Writes values of a refused or parked command anew (`domain/commands/typed-fields.ts` names them by path) and sends it as a new one. */
  'sync.change': query(z.strictObject({ commandId: Id, values: z.record(z.string().max(100), z.union([z.string().max(20_000), z.int(), z.null()])) }), z.null()),
  'sync.drop': query(z.strictObject({ commandId: Id }), z.null()),
  /** The user has seen that a colleague's value stands instead of theirs. */
  'sync.dismiss': query(z.strictObject({ commandId: Id }), z.null()),
  'sync.now': query(nothing, z.null()),
  /** A part of the screen failed: its name, the class of the error and where it came from, for the log. Nothing of a row. */
  'screen.failed': query(z.strictObject({ part: z.string().regex(/^[\w/-]{1,60}$/), kind: z.string().regex(/^\w{1,60}$/), places: z.array(z.string().max(140)).max(10) }), z.null()),
} as const
export type ActionName = keyof typeof actions
export type ActionArgs<A extends ActionName> = z.infer<(typeof actions)[A]['args']>
export type ActionResult<A extends ActionName> = z.infer<(typeof actions)[A]['result']>

/** Pushed to the screens, unasked. */
export const events = {
  /** A call needs to be seen: arrives once a call, and again with the same call id when it is enriched. */
  pop: Pop,
  /** A customer was erased: whatever shows them closes. */
  erased: z.strictObject({ customerId: CustomerId }),
  /** Something to be told in a line that goes by itself; never about a call. */
  notice: z.strictObject({ refusal: Refusal, at: ClockInstant }),
} as const
export type EventName = keyof typeof events
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]>
