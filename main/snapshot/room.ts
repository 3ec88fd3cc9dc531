import { statfsSync } from 'node:fs'
import { TIGHT_MB } from '../../db/journal/ballast.ts'
import type { Refusal } from '../../protocol/errors.ts'

const MB = 1_048_576

/**
 * How many bytes of this folder's disk a snapshot may take: all that is free, except what the journal needs so that
 * what people type is still saved. Infinity where the system does not tell the free space.
 */
export function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize - TIGHT_MB * MB
  } catch {
    return Infinity
  }
}

/**
 * The refusal to show where the disk has no room for so many bytes; null where it has. Its numbers are megabytes:
 * needed in all, and free now.
 */
export function missingRoom(folder: string, bytes: number): Refusal | null {
  const room = roomIn(folder)
  if (room >= bytes) return null
  return {
    code: 'DISK_TOO_SMALL',
    params: { needed: Math.ceil(bytes / MB) + TIGHT_MB, free: Math.max(0, Math.floor(room / MB) + TIGHT_MB) },
  }
}
