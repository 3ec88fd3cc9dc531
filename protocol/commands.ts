import { z } from 'zod'
import { ComplaintStep, Department } from './entities/complaint.ts'
import { Matter, NextStep, Outcome } from './entities/interaction.ts'
import {
  AmountMinor,
  Birthday,
  CallId,
  Country,
  CustomerId,
  Duration,
  E164,
  Id,
  Instant,
  LongText,
  Quantity,
  ShortText,
  UserId,
} from './scalars.ts'

/** A command's arguments. `version` rises when they change, and the server accepts older versions for ever. */
const command = <A extends z.ZodType>(version: number, args: A) => ({ version, args })

/**
 * A phone number as somebody wrote it. The keys by which it is looked up are not arguments: the command's rule computes
 * them from this text, so that nobody can give one number the keys of another.
 */
export const WrittenPhone = z.strictObject({
  raw: z.string().min(1).max(128),
  /** The country of a number that has no country code; null: the number carries its own. */
  country: Country.nullable(),
})
export type WrittenPhone = z.infer<typeof WrittenPhone>

/** A number in the form in which it is dialled. */
const CallbackNumber = z.string().min(1).max(40).nullable()

/** The sentence that a person gives as the reason when they end something. */
const Sentence = ShortText.trim().min(1)

/** A callback or other task that a wrap-up promises. */
export const FollowUp = z.strictObject({
  taskId: Id,
  dueAt: Instant,
  title: ShortText,
  ownerUserId: UserId.nullable(),
  /** The number that the customer called from, which is the number to call back. */
  callbackNumber: CallbackNumber.default(null),
})

/** The fields of a customer that an agent may change. */
const ChangeableFields = z
  .strictObject({
    displayName: ShortText.min(1),
    nativeName: ShortText.nullable(),
    city: ShortText.nullable(),
    birthday: Birthday.nullable(),
    remark: LongText.nullable(),
  })
  .partial()

/** Each command says what a user intends, never how rows differ. Its effect has the same name in `domain/commands/`. */
export const commands = {
  /** The agent has finished a contact: the note, the outcome and the next step become one interaction. */
  'interaction.wrapUp': command(
    1,
    z.strictObject({
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
      /** The task that this contact was made for and now settles, such as a promised callback. */
      finishesTaskId: Id.nullable().default(null),
    }),
  ),
  /** A user edits their own note. This makes the next revision, and the earlier text stays readable. */
  'interaction.revise': command(
    1,
    z.strictObject({
      interactionId: Id,
      customerId: CustomerId.nullable(),
      baseRevision: z.int().min(1),
      note: LongText,
      matter: Matter.nullable(),
      outcome: Outcome.nullable(),
    }),
  ),
  /** A user adds words, under their own name, to what a colleague wrote. */
  'interaction.add': command(
    1,
    z.strictObject({ interactionId: Id, customerId: CustomerId.nullable(), text: z.string().trim().min(1).max(4000) }),
  ),
  /**
   * A caller who was not known becomes a customer, with the number they called from. `organisationId` is the
   * organisation they call for; with `newOrganisation` that organisation is created too, under this id and name.
   */
  'customer.capture': command(
    2,
    z.strictObject({
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
    }),
  ),
  /**
   * Changes fields of a customer. Each field comes with the value it had when the user read it: changes to different
   * fields merge; where two users changed the same field, the server keeps its own value.
   */
  'customer.change': command(
    1,
    z.strictObject({ customerId: CustomerId, was: ChangeableFields, now: ChangeableFields }),
  ),
  'contactPoint.add': command(
    1,
    z.strictObject({
      contactPointId: Id,
      customerId: CustomerId,
      label: z.enum(['mobile', 'office', 'home', 'fax', 'other']),
      phone: WrittenPhone,
    }),
  ),
  /** The agent's answer to the question "who is calling?" for a number. */
  'number.pick': command(
    1,
    z.strictObject({
      pickId: Id,
      e164: E164,
      customerId: CustomerId,
      verdict: z.enum(['them', 'notThem']),
    }),
  ),
  /**
   * A price that an agent told a customer; from then on every colleague sees it. A price below the floor first asks for
   * approval, and is told to the customer once it is granted.
   */
  'quote.issue': command(
    1,
    z.strictObject({
      quoteId: Id,
      customerId: CustomerId,
      supersedes: Id.nullable(),
      validUntil: Instant,
      lines: z
        .array(
          z.strictObject({
            productId: Id,
            quantity: Quantity.min(1),
            unitPriceMinor: AmountMinor.min(0),
            reason: ShortText.nullable(),
          }),
        )
        .min(1)
        .max(200),
      followUpTaskId: Id,
    }),
  ),
  /** `reason`: what the customer said. A user who rejects a colleague's quote has to give it. */
  'quote.answer': command(
    1,
    z.strictObject({
      quoteId: Id,
      customerId: CustomerId,
      answer: z.enum(['accepted', 'rejected']),
      reason: ShortText.nullable().default(null),
    }),
  ),
  /**
   * Grants or refuses a price that waits for approval. A granted price is issued, and the user who asked for it follows
   * it up.
   */
  'quote.decide': command(
    1,
    z.strictObject({
      quoteId: Id,
      customerId: CustomerId,
      decision: z.enum(['approve', 'refuse']),
      reason: Sentence,
      followUpTaskId: Id,
    }),
  ),
  /** The user who asked for a price has read what was decided. */
  'quote.seen': command(1, z.strictObject({ quoteId: Id, customerId: CustomerId })),
  /** Takes the customer's answer back, within a few minutes after it was entered. */
  'quote.takeBack': command(1, z.strictObject({ quoteId: Id, customerId: CustomerId })),
  'complaint.log': command(
    1,
    z.strictObject({
      complaintId: Id,
      customerId: CustomerId,
      subject: ShortText.min(1),
      description: LongText,
      severity: z.enum(['low', 'normal', 'high']),
      orderId: Id.nullable(),
    }),
  ),
  /** Takes one step of the complaint chain. If the complaint is no longer at the step `from`, the command is parked. */
  'complaint.advance': command(
    1,
    z.strictObject({
      complaintId: Id,
      customerId: CustomerId,
      from: ComplaintStep,
      to: ComplaintStep,
      department: Department.nullable(),
      comment: LongText,
    }),
  ),
  /**
   * Takes the last step back, within a few minutes after it was taken. `step` is the step at which the complaint has to
   * be.
   */
  'complaint.takeBack': command(1, z.strictObject({ complaintId: Id, customerId: CustomerId, step: ComplaintStep })),
  'preference.set': command(
    1,
    z.strictObject({
      preferenceId: Id,
      customerId: CustomerId,
      key: z.string().min(1).max(40),
      value: ShortText.min(1),
      source: z.enum(['said', 'observed']),
    }),
  ),
  'preference.confirm': command(1, z.strictObject({ preferenceId: Id, customerId: CustomerId })),
  /** The preference is no longer true. */
  'preference.retire': command(1, z.strictObject({ preferenceId: Id, customerId: CustomerId })),
  /** The preference is true after all: undoes `preference.retire` within a few minutes. */
  'preference.takeBack': command(1, z.strictObject({ preferenceId: Id, customerId: CustomerId })),
  'task.add': command(
    1,
    z.strictObject({
      taskId: Id,
      customerId: CustomerId.nullable(),
      kind: z.enum(['callback', 'sendQuote', 'sendInvoice', 'checkOrder', 'informColleague']),
      title: ShortText.min(1),
      detail: LongText,
      dueAt: Instant,
      ownerUserId: UserId.nullable(),
      callbackNumber: CallbackNumber.default(null),
    }),
  ),
  /** Claims a task by compare-and-set: refused if somebody else has it. */
  'task.claim': command(1, z.strictObject({ taskId: Id })),
  /** Gives a task to a user; with null, to any user who claims it. */
  'task.assign': command(1, z.strictObject({ taskId: Id, ownerUserId: UserId.nullable() })),
  /** Postpones a task to another time. */
  'task.postpone': command(1, z.strictObject({ taskId: Id, dueAt: Instant })),
  'task.done': command(1, z.strictObject({ taskId: Id })),
  /** The task will not be done; `reason` says why. */
  'task.drop': command(1, z.strictObject({ taskId: Id, reason: Sentence })),
  /** Opens a task again, within a few minutes after it was done or dropped. */
  'task.takeBack': command(1, z.strictObject({ taskId: Id })),
} as const

export type CommandName = keyof typeof commands
export type CommandArgs<C extends CommandName> = z.infer<(typeof commands)[C]['args']>
/** Arguments as the calling code writes them: a field that has a default may be left out. */
export type CommandInput<C extends CommandName> = z.input<(typeof commands)[C]['args']>
export const CommandName = z.enum(Object.keys(commands) as [CommandName, ...CommandName[]])
