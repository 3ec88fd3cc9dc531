import type { Clock } from '../clock.ts'

/** A connection that was let in. It counts until its handshake is over. */
export interface LetIn {
  readonly letIn: true
  /** Call when its handshake has arrived and is being checked. */
  begun(): void
  /** Call when its handshake is done or the connection is gone. */
  over(): void
}

export interface TurnedAway {
  readonly letIn: false
  /** After how many seconds the workstation is to come again. */
  readonly seconds: number
}

/** Lets workstations in only as fast as their handshakes can be worked on. */
export interface Door {
  knock(): LetIn | TurnedAway
}

export interface DoorOptions {
  readonly clock: Clock
  /** How many handshakes may be worked on at once. */
  readonly atOnce: number
  readonly perSecond: number
  /** How many may come in together after a pause. An ordinary call center is never turned away. */
  readonly together: number
}

/**
 * A workstation sends its handshake with the first packet. A connection that is silent for this long no longer holds a
 * place.
 */
const SILENT_MS = 2000
const LONGEST_WAIT_MS = 60_000

/**
 * Lets in at most `atOnce` handshakes at once and `perSecond` a second. Each workstation above that is told to wait a
 * little longer than the one before it, by the time of one handshake, so that they come back one after another.
 */
export function createDoor({ clock, atOnce, perSecond, together }: DoorOptions): Door {
  const gapMs = 1000 / perSecond
  let working = 0
  /** When the next one would come in at an even pace. It lies ahead of now when several came in together. */
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
