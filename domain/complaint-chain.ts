import type { Complaint } from '../protocol/entities.ts'
import type { ComplaintStep, StepTaken } from '../protocol/entities/complaint.ts'
import type { Role } from '../protocol/entities/user.ts'
import type { UserId } from '../protocol/scalars.ts'
import { may } from './permissions.ts'
import { closeOfWorkingDay, type WorkingCalendar } from './working-time.ts'

type Department = Complaint['department']

interface ChainLink {
  /** The step that comes next. */
  readonly next: ComplaintStep | null
  /** Who has to take it; null: the department that quality named stays in charge. */
  readonly by: Department | null
  /** Working days it may take; 0 is the same day. */
  readonly workingDays: number
}

/**
 * The chain of PRODUCT.md D, read as: at this step, what comes next, who owes it, how long it may take. Sales logs and
 * informs quality the same day; quality names the department within two days; that department finds the cause;
 * quality confirms; sales tells the customer.
 */
const chain: Readonly<Record<ComplaintStep, ChainLink>> = {
  logged: { next: 'informed', by: 'sales', workingDays: 0 },
  informed: { next: 'assigned', by: 'quality', workingDays: 2 },
  assigned: { next: 'investigated', by: null, workingDays: 3 },
  investigated: { next: 'confirmed', by: 'quality', workingDays: 1 },
  confirmed: { next: 'told', by: 'sales', workingDays: 1 },
  told: { next: null, by: 'sales', workingDays: 0 },
}

export const nextComplaintStep = (step: ComplaintStep): ComplaintStep | null => chain[step].next

/** Who owes the next step after `step`, given the department that quality named (or names now). */
export const owedBy = (step: ComplaintStep, named: Department): Department => chain[step].by ?? named

type Held = Pick<Complaint, 'step' | 'department' | 'ownerUserId' | 'closedAt'>
/** `team` null: not known here, so that only the server can say whether they are of a department. */
type Taker = { readonly userId: UserId; readonly role: Role; readonly team: string | null }

/**
 * Whether somebody takes the next step of a complaint: its owner, a department's step also anybody of that team, and whoever
 * runs the floor, chases it and enters what they were told. A step of sales without an owner is for whoever has the
 * customer at hand; with one it is theirs alone.
 */
export function takesNextStep({ step, department, ownerUserId, closedAt }: Held, who: Taker): boolean {
  if (closedAt !== null || chain[step].next === null) return false
  if (may(who.role, 'complaint.takeOthersStep')) return true
  if (ownerUserId === who.userId) return true
  return chain[step].by === 'sales' ? ownerUserId === null : who.team === null || who.team === department
}

/** Who holds a complaint that has come to `step`: sales' steps are for whoever logged it, a department's for whoever is of it. */
export const heldAt = (step: ComplaintStep, { openedBy }: Pick<Complaint, 'openedBy'>): UserId | null => (chain[step].by === 'sales' ? openedBy : null)

/** The step that brought the complaint to where it stands; those that were taken back count no more. */
export const lastStep = ({ steps }: Pick<Complaint, 'steps'>): StepTaken | null => steps.findLast(({ takenBackAt }) => takenBackAt === null) ?? null

/** What a step must say: the cause is its content, and what the customer was told ends the complaint. */
export const stepNeedsText = (to: ComplaintStep): boolean => to === 'investigated' || chain[to].next === null

/** When the next step after `step`, reached `at`, is due; null when the chain is at its end. */
export function complaintDueAt(step: ComplaintStep, at: number, calendar: WorkingCalendar): number | null {
  const link = chain[step]
  return link.next === null ? null : closeOfWorkingDay(at, link.workingDays, calendar)
}
