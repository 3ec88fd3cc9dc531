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
  /** The department that has to take the next step; null: the department that quality named stays in charge. */
  readonly by: Department | null
  /** How many working days the step may take; 0 is the same day. */
  readonly workingDays: number
}

/**
 * The chain of PRODUCT.md D: for each step, the next step, who has to take it, and how long it may take. Sales logs the
 * complaint and informs quality on the same day; quality names the department within two days; that department finds
 * the cause; quality confirms it; sales tells the customer.
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

/**
 * The department that has to take the next step after `step`, given the department that quality named (or names now).
 */
export const owedBy = (step: ComplaintStep, named: Department): Department => chain[step].by ?? named

type Held = Pick<Complaint, 'step' | 'department' | 'ownerUserId' | 'closedAt'>
/** `team` null: the team is not known here, so only the server can tell whether the user belongs to a department. */
type Taker = { readonly userId: UserId; readonly role: Role; readonly team: string | null }

/**
 * Whether a user may take the next step of a complaint. The owner may; anyone of the team may take a department's step;
 * and a user with the right to take others' steps may always, because they follow complaints up and enter what they
 * were told. A step of sales without an owner is for any user; with an owner, it is the owner's alone.
 */
export function takesNextStep({ step, department, ownerUserId, closedAt }: Held, who: Taker): boolean {
  if (closedAt !== null || chain[step].next === null) return false
  if (may(who.role, 'complaint.takeOthersStep')) return true
  if (ownerUserId === who.userId) return true
  return chain[step].by === 'sales' ? ownerUserId === null : who.team === null || who.team === department
}

/**
 * The user who holds a complaint that has reached `step`: steps of sales belong to the user who logged it; a
 * department's steps belong to no single user.
 */
export const heldAt = (step: ComplaintStep, { openedBy }: Pick<Complaint, 'openedBy'>): UserId | null =>
  chain[step].by === 'sales' ? openedBy : null

/** The step that brought the complaint to its present state; steps that were taken back do not count. */
export const lastStep = ({ steps }: Pick<Complaint, 'steps'>): StepTaken | null =>
  steps.findLast(({ takenBackAt }) => takenBackAt === null) ?? null

/**
 * Whether a step needs a text: the step that finds the cause has to state it, and the last step has to say what the
 * customer was told.
 */
export const stepNeedsText = (to: ComplaintStep): boolean => to === 'investigated' || chain[to].next === null

/** When the next step after `step` is due, if `step` was reached at `at`; null at the end of the chain. */
export function complaintDueAt(step: ComplaintStep, at: number, calendar: WorkingCalendar): number | null {
  const link = chain[step]
  return link.next === null ? null : closeOfWorkingDay(at, link.workingDays, calendar)
}
