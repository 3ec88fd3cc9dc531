import type { ActionArgs } from '../../protocol/workstation.ts'

const MOST_PLACES = 6
const FRAME = /^\s*at (?:([\w.$<>]{1,60}) )?\(?.*?([\w.-]{1,60}:\d+:\d+)\)?$/

/**
 * What the log receives about a part of the screen that failed: its name, the class of the error, and where in our
 * files it came from. Never the error's message, which may quote what a row holds.
 */
export function failureReport(part: string, error: unknown): ActionArgs<'screen.failed'> {
  const kind = error instanceof Error && /^\w{1,60}$/.test(error.name) ? error.name : typeof error
  const frames = error instanceof Error ? (error.stack ?? '').split('\n') : []
  const places = frames.flatMap((frame) => {
    const [, called, place] = FRAME.exec(frame) ?? []
    return place === undefined ? [] : [called === undefined ? place : `${called} ${place}`]
  })
  return { part, kind, places: places.slice(0, MOST_PLACES) }
}
