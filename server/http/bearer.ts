import type { FastifyRequest } from 'fastify'
import { readSession, type Session } from '../auth/sessions.ts'
import type { Queryable } from '../db/connect.ts'

/** The token of an `Authorization: Bearer` header. */
export function bearerToken(request: FastifyRequest): string | null {
  const match = /^Bearer ([\w-]{20,128})$/.exec(request.headers.authorization ?? '')
  return match?.[1] ?? null
}

/** The sign-in of an HTTP request; null where it has no valid one. */
export async function sessionOf(db: Queryable, request: FastifyRequest, now: number): Promise<Session | null> {
  const token = bearerToken(request)
  return token === null ? null : readSession(db, token, now)
}
