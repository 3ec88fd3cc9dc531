import { createHash, randomBytes } from 'node:crypto'

/** A token of 256 bits that says nothing; only its hash is kept here. */
export const newToken = (): string => randomBytes(32).toString('base64url')

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
