import { randomBytes } from 'node:crypto'
import type { Refusal } from '../../protocol/errors.ts'
import type { WritableDb } from '../handles.ts'
import { ballastOf, giveUpBallast, hasRoomAgain, isDiskFull, isTight, layBallast, ROOM_AGAIN_MB } from '../journal/ballast.ts'

/** The journal as its writer has it: when the disk is full the ballast is given up, and typing goes on. */
export interface JournalRoom {
  /** One transaction of the journal. */
  write<T>(work: () => T): T
  /** The disk is full: what is saved now is saved on what the ballast left free. */
  isTight(): boolean
  /** What to tell; null, and the ballast is back, once there is room again. */
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
