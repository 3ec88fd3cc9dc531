import { z } from 'zod'
import { ComplaintStep, Department } from './entities/complaint.ts'
import { Matter, NextStep, Outcome } from './entities/interaction.ts'
import { AmountMinor, Birthday, CallId, Country, CustomerId, Duration, E164, Id, Instant, LongText, Quantity, ShortText, UserId } from './scalars.ts'

/** A command's arguments; `version` rises when they change, and older versions stay accepted for ever. */
const command = <A extends z.ZodType>(version: number, args: A) => ({ version, args })

/**
 * A phone number as somebody wrote it. What it is looked up by is no argument: the command's rule computes it from this,
 * so that nobody gives a number the keys of another.
 */
export const WrittenPhone = z.strictObject({
  raw: z.string().min(1).max(128),
  /** Where a number without a country code is from; null: it carries its own. */
  country: Country.nullable(),
})
export type WrittenPhone = z.infer<typeof WrittenPhone>

/** A number as it is dialled. */
const CallbackNumber = z.string().min(1).max(40).nullable()

/** The sentence that whoever ends something says. */
const Sentence = ShortText.trim().min(1)

/** A callback or other task that a wrap-up promises. */
export const FollowUp = z.strictObject({
  taskId: Id, dueAt: Instant, title: ShortText, ownerUserId: UserId.nullable(),
  /** What they called from: the number to call back on. */
  callbackNumber: CallbackNumber.default(null),
})

/** What the desk may change of a customer. */
const ChangeableFields = z.strictObject({
  displayName: ShortText.min(1), nativeName: ShortText.nullable(), city: ShortText.nullable(),
  birthday: Birthday.nullable(), remark: LongText.nullable(),
}).partial()

/** Intents, never row diffs. Each has its effect under the same name in `domain/commands/`. */
export const commands = {
  /** The agent is done with a contact: the note, how it ended and what follows become one interaction. */
  'interaction.wrapUp': command(1, z.strictObject({
    interactionId: Id,
    customerId: CustomerId.nullable(),
    channel: z.enum(['phone', 'email', 'chat', 'visit', 'web']),
    direction: z.enum(['in', 'out']),
    callId: CallId.nullable(),
    startedAt: Instant,
    endedAt: Instant.nullable(),
    queue: ShortText.nullable(),
    waitMs: Duration.nullable(),
    talkMs: Duration.nullable(),
    note: LongText,
    matter: Matter.nullable(),
    outcome: Outcome.nullable(),
    nextStep: NextStep.nullable(),
    followUp: FollowUp.nullable(),
    /** The task that this contact was made for and settles: a callback that was kept. */
    finishesTaskId: Id.nullable().default(null),
  })),
  /** An edit of one's own note: the next revision; the earlier one stays readable. */
  'interaction.revise': command(1, z.strictObject({
    interactionId: Id,
    customerId: CustomerId.nullable(),
    baseRevision: z.int().min(1),
    note: LongText,
    matter: Matter.nullable(),
    outcome: Outcome.nullable(),
  })),
  /** Words added to what a colleague wrote, under one's own name. */
  'interaction.add': command(1, z.strictObject({ interactionId: Id, customerId: CustomerId.nullable(), text: z.string().trim().min(1).max(4000) })),
  /**
   * Somebody who was not known becomes a customer, with the number they called from. `organisationId` is whom they call for;
   * with `newOrganisation` that organisation is made too, under this id and name.
   */
  'customer.capture': command(2, z.strictObject({
    customerId: CustomerId,
    contactPointId: Id,
    kind: z.enum(['person', 'organisation']),
    displayName: ShortText.min(1),
    nativeName: ShortText.nullable(),
    organisationId: CustomerId.nullable(),
    newOrganisation: ShortText.min(1).nullable().default(null),
    city: ShortText.nullable(),
    language: z.enum(['en', 'zh', 'de', 'fr', 'es', 'pt', 'ja']),
    phone: WrittenPhone.nullable(),
  })),
  /** Fields of a customer, each with what it was when it was read: different fields merge, the same field keeps the server's value. */
  'customer.change': command(1, z.strictObject({ customerId: CustomerId, was: ChangeableFields, now: ChangeableFields })),
  'contactPoint.add': command(1, z.strictObject({
    contactPointId: Id, customerId: CustomerId, label: z.enum(['mobile', 'office', 'home', 'fax', 'other']), phone: WrittenPhone,
  })),
  /** The answer to "who is calling?" for a number. */
  'number.pick': command(1, z.strictObject({
    pickId: Id, e164: E164, customerId: CustomerId, verdict: z.enum(['them', 'notThem']),
  })),
  /** A price told to a customer; from then on every colleague sees it. Below the floor it is asked for, and told once it is granted. */
  'quote.issue': command(1, z.strictObject({
    quoteId: Id,
    customerId: CustomerId,
    supersedes: Id.nullable(),
    validUntil: Instant,
    lines: z.array(z.strictObject({
      productId: Id, quantity: Quantity.min(1), unitPriceMinor: AmountMinor.min(0), reason: ShortText.nullable(),
    })).min(1).max(200),
    followUpTaskId: Id,
  })),
  /** `reason`: what the customer said; whoever rejects a colleague's quote has to give it. */
  'quote.answer': command(1, z.strictObject({
    quoteId: Id, customerId: CustomerId, answer: z.enum(['accepted', 'rejected']), reason: ShortText.nullable().default(null),
  })),
  /** Grants or refuses a price that waits for approval. Granted, it is issued and followed up by who asked. */
  'quote.decide': command(1, z.strictObject({
    quoteId: Id, customerId: CustomerId, decision: z.enum(['approve', 'refuse']), reason: Sentence, followUpTaskId: Id,
  })),
  /** The asker has read what became of their price. */
  'quote.seen': command(1, z.strictObject({ quoteId: Id, customerId: CustomerId })),
  /** Takes the customer's answer back, a few minutes after it was entered. */
  'quote.takeBack': command(1, z.strictObject({ quoteId: Id, customerId: CustomerId })),
  'complaint.log': command(1, z.strictObject({
    complaintId: Id, customerId: CustomerId, subject: ShortText.min(1), description: LongText,
    severity: z.enum(['low', 'normal', 'high']), orderId: Id.nullable(),
  })),
  /** A step of the chain, guarded by the step it is expected at. */
  'complaint.advance': command(1, z.strictObject({
    complaintId: Id, customerId: CustomerId, from: ComplaintStep, to: ComplaintStep, department: Department.nullable(), comment: LongText,
  })),
  /** Takes the last step back, a few minutes after it was taken; `step` is the one that the complaint is expected at. */
  'complaint.takeBack': command(1, z.strictObject({ complaintId: Id, customerId: CustomerId, step: ComplaintStep })),
  'preference.set': command(1, z.strictObject({
    preferenceId: Id, customerId: CustomerId, key: z.string().min(1).max(40), value: ShortText.min(1),
    source: z.enum(['said', 'observed']),
  })),
  'preference.confirm': command(1, z.strictObject({ preferenceId: Id, customerId: CustomerId })),
  /** It is no longer true. */
  'preference.retire': command(1, z.strictObject({ preferenceId: Id, customerId: CustomerId })),
  /** It is true after all: undoes `preference.retire` for a few minutes. */
  'preference.takeBack': command(1, z.strictObject({ preferenceId: Id, customerId: CustomerId })),
  'task.add': command(1, z.strictObject({
    taskId: Id, customerId: CustomerId.nullable(), kind: z.enum(['callback', 'sendQuote', 'sendInvoice', 'checkOrder', 'informColleague']),
    title: ShortText.min(1), detail: LongText, dueAt: Instant, ownerUserId: UserId.nullable(),
    callbackNumber: CallbackNumber.default(null),
  })),
  /** Claimed by compare-and-set: refused if somebody else has it. */
  'task.claim': command(1, z.strictObject({ taskId: Id })),
  /** Gives a task to somebody, or to whoever claims it. */
  'task.assign': command(1, z.strictObject({ taskId: Id, ownerUserId: UserId.nullable() })),
  /** Puts a task off to another time. */
  'task.postpone': command(1, z.strictObject({ taskId: Id, dueAt: Instant })),
  'task.done': command(1, z.strictObject({ taskId: Id })),
  /** It will not be done, and why. */
  'task.drop': command(1, z.strictObject({ taskId: Id, reason: Sentence })),
  /** Opens a task again, a few minutes after it was done or dropped. */
  'task.takeBack': command(1, z.strictObject({ taskId: Id })),
} as const

export type CommandName = keyof typeof commands
export type CommandArgs<C extends CommandName> = z.infer<(typeof commands)[C]['args']>
/** Arguments as a caller writes them: what has a default may be left out. */
export type CommandInput<C extends CommandName> = z.input<(typeof commands)[C]['args']>
export const CommandName = z.enum(Object.keys(commands) as [CommandName, ...CommandName[]])
