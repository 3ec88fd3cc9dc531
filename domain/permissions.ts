import type { Role } from '../protocol/entities/user.ts'

/**
 * What may be done, and by which roles. Commands check this, and so do the screens that offer a command: the
 * workstation and the server use the same rule. A right that no role has is listed too, so that nobody grants it by
 * accident.
 */
const roles = {
  /** Grant or refuse a price below the floor that a colleague asked for, and quote below the floor without asking. */
  'price.approve': ['supervisor', 'manager'],
  /** Rewrite what a colleague wrote. Nobody may do this: a user adds to it under their own name. */
  'note.reviseOthers': [],
  /**
   * Take a step of a complaint that another user holds: supervisors and managers do this when they were told the
   * result.
   */
  'complaint.takeOthersStep': ['supervisor', 'manager'],
  /** Finish or put off a colleague's task, because the customer may reach any agent. The row says who did it. */
  'task.finishOthers': ['agent', 'supervisor', 'frontDesk', 'fieldSales', 'manager'],
  /** Take a task from a colleague, or drop what a colleague promised. */
  'task.changeOthers': ['supervisor', 'manager'],
  /** Undo what a colleague ended a moment ago. */
  'end.takeBackOthers': ['supervisor', 'manager'],
  /** See the amounts that show what a customer is worth. */
  'customer.worth': ['manager'],
  /** Erase a customer with everything that is known about them. */
  'customer.erase': ['supervisor', 'manager'],
  /** Give a new token to a workstation that has lost its own, even if the user has never signed in at it. */
  'device.renewToken': ['supervisor', 'manager'],
  /** See and use the operator's page: the state of the server and of the workstations. */
  'server.operate': ['supervisor', 'manager'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

export type Permission = keyof typeof roles

/** Whether a user of this role has this permission. */
export const may = (role: Role, permission: Permission): boolean =>
  (roles[permission] as readonly Role[]).includes(role)
