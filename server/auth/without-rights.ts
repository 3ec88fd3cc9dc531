import type { Role } from '../../protocol/entities/user.ts'

/** The role in which the work of somebody counts whose sign-in is over: with nothing that a role allows above everybody's. */
export function withoutRights(role: Role): Role {
  switch (role) {
    case 'supervisor':
    case 'manager':
      return 'agent'
    case 'agent':
    case 'frontDesk':
    case 'fieldSales':
      return role
    default:
      return role satisfies never
  }
}
