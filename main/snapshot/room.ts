import { statfsSync } from 'node:fs'
import { TIGHT_MB } from '../../db/journal/ballast.ts'
import type { Refusal } from '../../protocol/errors.ts'

const MB = 1_048_576

/** Bytes that a snapshot may take of the disk of this folder: all but what the journal needs so that typing is saved. Never little where the system does not say. */
export function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize - TIGHT_MB * MB
  } catch {
    return Infinity
  }
}

/** What to tell where there is no room for so many bytes; null where there is. In megabytes: needed in all, and free now. */
export function missingRoom(folder: string, bytes: number): Refusal | null {
  const room = roomIn(folder)
  if (room >= bytes) return null
  return { code: 'DISK_TOO_SMALL', params: { needed: Math.ceil(bytes / MB) + TIGHT_MB, free: Math.max(0, Math.floor(room / MB) + TIGHT_MB) } }
}
