import { z } from 'zod'
import { AgentCall, AgentState, AgentStateName, CallControl, NotReadyReason } from './calls.ts'
import { CommandName } from './commands.ts'
import { Draft, DraftContent } from './draft.ts'
import { entities } from './entities.ts'
import { Refusal } from './errors.ts'
import { Candidate, Match, ShownNumber } from './match.ts'
import { CustomerRecord, PersonName, PriceMemory, ProductName, TimelinePage } from './record.ts'
import { CallId, ClockInstant, CustomerId, Id, ShortText, StoredInstant } from './scalars.ts'
import { CommandOutcome, Identity } from './wire.ts'

/** The site's settings that the screens need. Times are shown in its time zone. */
export const Site = z.strictObject({
  name: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  country: z.string(),
})
export type Site = z.infer<typeof Site>

/**
 * What the screens know as soon as they open. `secretStore` says where the key of the files is kept: `keychain`, or
 * `file` where the machine has no keychain.
 */
export const Session = z.strictObject({
  identity: Identity.nullable(),
  /** Set when the server no longer accepts the sign-in. Work goes on, and commands wait to be sent. */
  expired: z.boolean(),
  site: Site.nullable(),
  secretStore: z.enum(['keychain', 'file']),
  appVersion: z.string(),
})
export type Session = z.infer<typeof Session>

/**
 * The state of the connection to the server, which the screen shows in words. `setup` is set while the first snapshot
 * loads (`doneBytes` of `totalBytes`); meanwhile the server answers lookups.
 */
export const SyncState = z.strictObject({
  link: z.enum(['online', 'connecting', 'offline', 'refused']),
  refusal: Refusal.nullable(),
  /** When the workstation last heard from the server. */
  reachedAt: ClockInstant.nullable(),
  unsent: z.int(),
  /** Refused and parked commands that nobody has dealt with. */
  needsAttention: z.int(),
  /** Changes of the feed that are not applied yet. */
  behind: z.int(),
  /** `waitsFor` is why the load has stopped. It continues automatically when the reason is gone. */
  setup: z.strictObject({ doneBytes: z.int(), totalBytes: z.int(), waitsFor: Refusal.optional() }).nullable(),
  /** An alarm of this machine: its disk is full, or the journal is damaged. */
  alarm: Refusal.nullable(),
})
export type SyncState = z.infer<typeof SyncState>

/** A command of the signed-in user that is not settled, with what the user typed, so that a person can read it. */
export const UnsentItem = z.strictObject({
  commandId: Id,
  seq: z.int(),
  name: CommandName,
  args: z.record(z.string(), z.unknown()),
  /** The currency of the command's amounts; null: it has no amounts, or the product is not known here. */
  currency: z.string().nullable(),
  customerName: z.string().nullable(),
  customerId: CustomerId.nullable(),
  /** The title of the task, where the command names the task by its id only. */
  about: z.string().nullable(),
  userName: z.string(),
  at: ClockInstant,
  state: z.enum(['waiting', 'sent', 'refused', 'parked']),
  outcome: CommandOutcome.nullable(),
})
export type UnsentItem = z.infer<typeof UnsentItem>

/**
 * A call on this workstation: what the telephone system reports, the customer it matched, and its draft. Each call has
 * one tab.
 */
export const DeskCall = z.strictObject({
  call: AgentCall,
  number: ShownNumber.nullable(),
  match: Match,
  /** The customer that the tab shows: the only match, the one that the agent picked, or the one that was captured. */
  customerId: CustomerId.nullable(),
  draft: Draft,
  /** The call came from a deep link or the command line, and not from the server. */
  local: z.boolean(),
  /** The server has answered the lookup of a caller whom the cache did not hold. */
  enriched: z.boolean(),
  /** The task for which the agent dialled this call. The task is done when the call is wrapped up after a talk. */
  taskId: Id.optional(),
  /**
   * The record could not be read yet. Until the workstation has read it again, which it does automatically, the caller
   * is shown as unknown, with the number as it came.
   */
  unread: Refusal.optional(),
})
export type DeskCall = z.infer<typeof DeskCall>

/** A call that rang here and that nobody answered, with the customer who called. */
export const MissedCall = DeskCall.pick({ call: true, number: true, match: true, customerId: true })
export type MissedCall = z.infer<typeof MissedCall>

/**
 * The screen pop: one event holds everything that the screen paints. `record` is null while the call matches no
 * customer.
 */
export const Pop = z.strictObject({ desk: DeskCall, record: CustomerRecord.nullable() })
export type Pop = z.infer<typeof Pop>

/** A customer that the search found, with the field that matched. */
export const SearchHit = Candidate.omit({ reasons: true }).extend({
  foundBy: z.enum([
    'name',
    'nativeName',
    'pinyin',
    'phone',
    'account',
    'order',
    'invoice',
    'quote',
    'complaint',
    'tracking',
    'email',
    'organisation',
  ]),
  /** The text that matched, where it is not the name: a phone number, an order number. */
  found: z.string().nullable(),
})
export type SearchHit = z.infer<typeof SearchHit>

/**
 * A change of a customer by the signed-in user that the server did not accept, because a colleague had changed the same
 * field before.
 */
export const FieldConflict = z.strictObject({
  commandId: Id,
  field: z.string(),
  mine: z.string().nullable(),
  at: ClockInstant,
})
export type FieldConflict = z.infer<typeof FieldConflict>

/** A task and the customer it concerns, for the callback list. */
export const TaskItem = z.strictObject({
  task: entities.task.stored,
  customer: Candidate.omit({ reasons: true }).nullable(),
  phone: z.string().nullable(),
  shownPhone: z.string().optional(),
})
/**
 * Whose tasks a list shows. `ended` are the tasks that the user ended so recently that they can still be opened again.
 */
export const TaskView = z.enum(['mine', 'team', 'all', 'ended'])
export type TaskView = z.infer<typeof TaskView>

/** A list of tasks, the most urgent first, with the number of tasks in each view (a list shows the first 200). */
export const TaskList = z.strictObject({ items: z.array(TaskItem), counts: z.record(TaskView, z.int()) })
export type TaskList = z.infer<typeof TaskList>

/**
 * A price below the floor that a user asked for, with the customer and the user who asked; `decider` is the user who
 * granted or refused it.
 */
export const ApprovalItem = z.strictObject({
  quote: entities.quote.stored,
  customer: Candidate.omit({ reasons: true }),
  asker: PersonName.nullable(),
  decider: PersonName.nullable(),
  /** The names of the products of its lines in both languages. */
  products: z.array(ProductName),
})
export type ApprovalItem = z.infer<typeof ApprovalItem>

/**
 * How much waits for the signed-in user in each place: callbacks that are due, complaints that they hold, prices that
 * they have to decide.
 */
export const WorkCounts = z.strictObject({ callbacks: z.int(), complaints: z.int(), approvals: z.int() })
export type WorkCounts = z.infer<typeof WorkCounts>

/** The earlier texts of a contact, the newest first. */
export const Revisions = z.strictObject({
  revisions: z.array(entities.interactionRevision.stored),
  people: z.array(PersonName),
})

export const ComplaintItem = z.strictObject({
  complaint: entities.complaint.stored,
  customer: Candidate.omit({ reasons: true }),
})

/** Work on a customer without a call that a user began and has neither wrapped up nor thrown away. */
export const OpenDraft = z.strictObject({ draft: Draft, customer: Candidate.omit({ reasons: true }).nullable() })
export type OpenDraft = z.infer<typeof OpenDraft>

const query = <A extends z.ZodType, R extends z.ZodType>(args: A, result: R) => ({ args, result })
const nothing = z.strictObject({})

/**
 * Live queries. Each runs again and sends its result when a row that it depends on changes. `null`: this workstation
 * knows no such thing.
 */
export const queries = {
  session: query(nothing, Session),
  'sync.state': query(nothing, SyncState),
  'sync.unsent': query(nothing, z.array(UnsentItem)),
  'agent.state': query(nothing, AgentState.nullable()),
  /** The calls of this workstation that are not wrapped up yet, the oldest first. */
  'desk.calls': query(nothing, z.array(DeskCall)),
  /** The calls that rang here and that nobody answered, the last one first, until the user dismisses them. */
  'calls.missed': query(nothing, z.array(MissedCall)),
  'customer.record': query(z.strictObject({ customerId: CustomerId }), CustomerRecord.nullable()),
  /**
   * The user's changes of this customer that lost to a colleague's earlier change, until the user has dealt with them.
   */
  'customer.conflicts': query(z.strictObject({ customerId: CustomerId }), z.array(FieldConflict)),
  'customer.timeline': query(
    z.strictObject({ customerId: CustomerId, before: z.strictObject({ at: StoredInstant, id: Id }).nullable() }),
    TimelinePage,
  ),
  'customer.search': query(z.strictObject({ text: ShortText, limit: z.int().min(1).max(1001) }), z.array(SearchHit)),
  'price.memory': query(z.strictObject({ customerId: CustomerId, productId: Id }), PriceMemory.nullable()),
  'product.search': query(
    z.strictObject({ text: ShortText, limit: z.int().min(1).max(50) }),
    z.array(entities.product.stored),
  ),
  draft: query(z.strictObject({ key: z.string().max(160) }), Draft.nullable()),
  /**
   * The signed-in user's work without a call, the last written first. Work that was open when the workstation was
   * closed is found here.
   */
  'drafts.open': query(nothing, z.array(OpenDraft)),
  /** The open tasks of the signed-in user and those without an owner, the most urgent first. */
  'tasks.open': query(nothing, z.array(TaskItem)),
  'tasks.list': query(z.strictObject({ view: TaskView }), TaskList),
  'complaints.open': query(nothing, z.array(ComplaintItem)),
  /**
   * Prices that wait for the signed-in user to decide, the longest waiting first; empty for a user who may not decide.
   */
  'approvals.waiting': query(nothing, z.array(ApprovalItem)),
  /** The decisions about prices that the signed-in user asked for, until the user confirms having seen them. */
  'approvals.decided': query(nothing, z.array(ApprovalItem)),
  'work.counts': query(nothing, WorkCounts),
  'interaction.revisions': query(z.strictObject({ interactionId: Id }), Revisions),
  colleagues: query(
    nothing,
    z.array(PersonName.extend({ extension: z.string().nullable(), role: z.string(), team: z.string() })),
  ),
  /**
   * The states of the colleagues. A colleague who is not in the list has never signed in. Null: the server cannot be
   * reached, or is too old to answer.
   */
  'colleagues.states': query(nothing, z.array(AgentState).nullable()),
} as const
export type QueryName = keyof typeof queries
export type QueryArgs<Q extends QueryName> = z.infer<(typeof queries)[Q]['args']>
export type QueryResult<Q extends QueryName> = z.infer<(typeof queries)[Q]['result']>

/**
 * Things that a screen asks for and that are not commands of the record: they act on this workstation, or at once on
 * the server.
 */
export const actions = {
  'session.signIn': query(z.strictObject({ login: ShortText.min(1), password: z.string().min(1).max(256) }), z.null()),
  /** Allowed only from NOT_READY or LOGGED_OUT. Unsent commands stay and are sent later. */
  'session.signOut': query(nothing, z.null()),
  'call.control': query(CallControl, z.null()),
  /** The user has looked at a missed call or called back. */
  'missed.dismiss': query(z.strictObject({ callId: CallId }), z.null()),
  /** Dials a number for a known customer: the call opens this customer and settles this task. */
  'call.dial': query(
    z.strictObject({ number: z.string().min(1).max(40), customerId: CustomerId.nullable(), taskId: Id.nullable() }),
    z.null(),
  ),
  'agent.setState': query(z.strictObject({ state: AgentStateName, reason: NotReadyReason.nullable() }), z.null()),
  /** Saves what the user has typed; the reply comes when it is on disk. */
  'draft.save': query(
    z.strictObject({ key: z.string().min(1).max(160), content: DraftContent }),
    z.strictObject({ savedAt: ClockInstant }),
  ),
  /** Opens the draft of work on a customer without a call, or finds it if it exists. */
  'draft.open': query(z.strictObject({ customerId: CustomerId }), Draft),
  'draft.discard': query(z.strictObject({ key: z.string().min(1).max(160) }), z.null()),
  /**
   * The agent says which customer a call is with. The workstation remembers the number for this customer unless `once`
   * is set.
   */
  'desk.pick': query(z.strictObject({ callId: CallId, customerId: CustomerId, once: z.boolean() }), z.null()),
  /** The agent says "not them": the number no longer opens this customer automatically. */
  'desk.reject': query(z.strictObject({ callId: CallId, customerId: CustomerId }), z.null()),
  /**
   * Wraps up an ended call from its draft (note, outcome, next step) in one command and closes the tab. It is refused
   * while some text of the draft would reach no command; with `leaveForms` the agent gives up the forms that were
   * begun.
   */
  'desk.wrapUp': query(
    z.strictObject({ key: z.string().min(1).max(160), leaveForms: z.boolean().optional() }),
    z.strictObject({ interactionId: Id, finishedTaskId: Id.nullable().default(null) }),
  ),
  /**
   * Creates the customer from a draft's capture form. Where the draft belongs to a call, the call then belongs to this
   * customer.
   */
  'desk.capture': query(
    z.strictObject({ key: z.string().min(1).max(160) }),
    z.strictObject({ customerId: CustomerId }),
  ),
  /**
   * Erases a customer everywhere and for good. The server does it, and it is refused when the server cannot be reached.
   * For supervisors and managers.
   */
  'customer.erase': query(z.strictObject({ customerId: CustomerId, reason: ShortText.trim().min(1) }), z.null()),
  'sync.retry': query(z.strictObject({ commandId: Id }), z.null()),
  /**
   * Gives a refused or parked command other values (`domain/commands/typed-fields.ts` names them by path) and sends it
   * as a new command.
   */
  'sync.change': query(
    z.strictObject({
      commandId: Id,
      values: z.record(z.string().max(100), z.union([z.string().max(20_000), z.int(), z.null()])),
    }),
    z.null(),
  ),
  'sync.drop': query(z.strictObject({ commandId: Id }), z.null()),
  /** The user has seen that a colleague's value was kept and theirs was not. */
  'sync.dismiss': query(z.strictObject({ commandId: Id }), z.null()),
  'sync.now': query(nothing, z.null()),
  /**
   * A part of the screen failed: its name, the class of the error and where it came from, for the program's log. It
   * holds nothing from a row.
   */
  'screen.failed': query(
    z.strictObject({
      part: z.string().regex(/^[\w/-]{1,60}$/),
      kind: z.string().regex(/^\w{1,60}$/),
      places: z.array(z.string().max(140)).max(10),
    }),
    z.null(),
  ),
} as const
export type ActionName = keyof typeof actions
export type ActionArgs<A extends ActionName> = z.infer<(typeof actions)[A]['args']>
export type ActionResult<A extends ActionName> = z.infer<(typeof actions)[A]['result']>

/** Events that the core sends to the screens without a request. */
export const events = {
  /**
   * A call needs to be seen. The event arrives once for each call, and again with the same call id when the server has
   * answered the lookup.
   */
  pop: Pop,
  /** A customer was erased: every part of the screen that shows this customer closes. */
  erased: z.strictObject({ customerId: CustomerId }),
  /** A message that is shown in a line and disappears automatically; never about a call. */
  notice: z.strictObject({ refusal: Refusal, at: ClockInstant }),
} as const
export type EventName = keyof typeof events
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]>
