import type { Role } from '../../protocol/entities/user.ts'

/** The role that counts for work whose sign-in is over: the user keeps only what every role allows. */
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
