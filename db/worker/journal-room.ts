import { randomBytes } from 'node:crypto'
import type { Refusal } from '../../protocol/errors.ts'
import type { WritableDb } from '../handles.ts'
import {
  ballastOf,
  giveUpBallast,
  hasRoomAgain,
  isDiskFull,
  isTight,
  layBallast,
  ROOM_AGAIN_MB,
} from '../journal/ballast.ts'

/** The journal with care for a full disk: when the disk is full, the ballast is given up and typing can go on. */
export interface JournalRoom {
  /** Runs one transaction of the journal. */
  write<T>(work: () => T): T
  /** The disk is full, and what is saved now uses the space that the ballast left free. */
  isTight(): boolean
  /** The alarm to show; null, with the ballast laid down again, once there is room. */
  alarm(): Refusal | null
}

export function createJournalRoom(folder: string, journal: WritableDb): JournalRoom {
  const ballast = ballastOf(folder)
  let diskFull = isTight(folder)
  if (!diskFull) layBallast(ballast, randomBytes)
  return {
    write: (work) => {
      try {
        return journal.transaction(work)
      } catch (error) {
        if (!isDiskFull(error)) throw error
        diskFull = true
        giveUpBallast(ballast)
        return journal.transaction(work)
      }
    },
    isTight: () => diskFull,
    alarm: () => {
      if (diskFull && hasRoomAgain(folder)) {
        layBallast(ballast, randomBytes)
        diskFull = false
      }
      return diskFull ? { code: 'JOURNAL_FULL', params: { megabytes: ROOM_AGAIN_MB } } : null
    },
  }
}
