import type { Clock } from '../clock.ts'

/** A connection that was let in, until its handshake is over. */
export interface LetIn {
  readonly letIn: true
  /** Its handshake has come and is being looked at. */
  begun(): void
  /** Its handshake is done, or it is gone. */
  over(): void
}

export interface TurnedAway {
  readonly letIn: false
  /** When to come again. */
  readonly seconds: number
}

/** Lets workstations in no faster than their handshakes can be worked on. */
export interface Door {
  knock(): LetIn | TurnedAway
}

export interface DoorOptions {
  readonly clock: Clock
  /** Handshakes in work. */
  readonly atOnce: number
  readonly perSecond: number
  /** So many come in together after a pause: an ordinary center is never turned away. */
  readonly together: number
}

/** A workstation sends its handshake with the first packet; who says nothing for so long holds no place in the door. */
const SILENT_MS = 2000
const LONGEST_WAIT_MS = 60_000

/**
 * At most `atOnce` handshakes in work and `perSecond` a second. Who comes above that is given a second of its own: the
 * waits of those who are turned away grow by what each handshake takes, so that they come back one after the other.
 */
export function createDoor({ clock, atOnce, perSecond, together }: DoorOptions): Door {
  const gapMs = 1000 / perSecond
  let working = 0
  /** When the next one would come in at an even pace; ahead of now by those who came together. */
  let evenAt = -Infinity
  let promisedUntil = -Infinity
  return {
    knock: () => {
      const now = clock.elapsed()
      if (working >= atOnce || evenAt > now + (together - 1) * gapMs) {
        promisedUntil = Math.min(Math.max(promisedUntil, now) + gapMs, now + LONGEST_WAIT_MS)
        return { letIn: false, seconds: Math.ceil((promisedUntil - now) / 1000) }
      }
      working += 1
      evenAt = Math.max(evenAt, now) + gapMs
      let isOver = false
      const over = () => {
        cancelSilence()
        if (!isOver) working -= 1
        isOver = true
      }
      const cancelSilence = clock.after(SILENT_MS, over)
      return { letIn: true, begun: cancelSilence, over }
    },
  }
}
