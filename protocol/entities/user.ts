import { z } from 'zod'
import { defineEntity } from '../entity.ts'
import { ShortText, UserId } from '../scalars.ts'

export const Role = z.enum(['agent', 'supervisor', 'frontDesk', 'fieldSales', 'manager'])
export type Role = z.infer<typeof Role>

/** A user as every colleague sees them. The sign-in data belongs to the server and never leaves it. */
export const user = defineEntity(
  'user',
  { by: 'id' },
  {
    id: UserId,
    login: z.string().min(1).max(64),
    displayName: ShortText.min(1),
    nativeName: ShortText.nullable(),
    role: Role,
    team: z.string().max(40),
    extension: z.string().max(16).nullable(),
    active: z.boolean(),
  },
)
