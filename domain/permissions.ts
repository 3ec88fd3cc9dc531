import type { Role } from '../protocol/entities/user.ts'

/**
 * What may be done, and by which roles. Commands ask this, and so do the screens that offer a command: the workstation
 * and the server hold the same rule. A right that no role has stands here too, so that nobody gives it by accident.
 */
const roles = {
  /** Grant or refuse a price below the floor that a colleague asked for, and quote below the floor without asking. */
  'price.approve': ['supervisor', 'manager'],
  /** Rewrite what a colleague wrote. Nobody may: one adds to it under one's own name. */
  'note.reviseOthers': [],
  /** Take a complaint's step that somebody else holds, as whoever runs the floor does when they were told the result. */
  'complaint.takeOthersStep': ['supervisor', 'manager'],
  /** Finish or put off a colleague's task: the customer calls whoever answers. Who did it stands on the row. */
  'task.finishOthers': ['agent', 'supervisor', 'frontDesk', 'fieldSales', 'manager'],
  /** Take a task from a colleague, or drop what a colleague promised. */
  'task.changeOthers': ['supervisor', 'manager'],
  /** Take back what a colleague ended a moment ago. */
  'end.takeBackOthers': ['supervisor', 'manager'],
  /** See what a customer is worth in amounts. */
  'customer.worth': ['manager'],
  /** Erase a customer with everything that is known of them. */
  'customer.erase': ['supervisor', 'manager'],
  /** Give a workstation another token that has lost its own, without having signed in at it before. */
  'device.renewToken': ['supervisor', 'manager'],
  /** See and use the operator's page: the state of the server and of the workstations. */
  'server.operate': ['supervisor', 'manager'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

export type Permission = keyof typeof roles

/** Whether somebody of this role may do it. */
export const may = (role: Role, permission: Permission): boolean => (roles[permission] as readonly Role[]).includes(role)
