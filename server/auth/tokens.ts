import { createHash, randomBytes } from 'node:crypto'

/** A random token of 256 bits that contains no information. The server stores only its hash. */
export const newToken = (): string => randomBytes(32).toString('base64url')

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
