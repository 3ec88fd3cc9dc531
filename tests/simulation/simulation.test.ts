import { describe, expect, it } from 'vitest'
import { tempFolder } from '../support/temp-folder.ts'
import { playHistory, soundJoints } from './history.ts'
import type { Played } from './history-thread.ts'
import { histories, huntsFor, playMany } from './play-many.ts'
import { plantedBugs } from './planted-bugs.ts'

const HISTORIES = 2000
/** A slow machine plays fewer histories, because a test run has limited time; `npm run simulate` plays any number. */
const AT_MOST_MS = 110_000
const AT_LEAST = 200

describe('simulated histories in which everything breaks', () => {
  it('end with nothing lost, nothing doubled, and every cache equal to the server', { timeout: 600_000 }, async () => {
    const started = performance.now()
    const played = { histories: 0, commands: 0, crashes: 0, faults: 0 }
    const broken: Played[] = []
    await playMany(histories(1, HISTORIES), (history) => {
      played.histories += 1
      for (const count of ['commands', 'crashes', 'faults'] as const) played[count] += history.counts[count]
      if (history.violation) broken.push(history)
      return broken.length > 0 || (played.histories >= AT_LEAST && performance.now() - started > AT_MOST_MS)
        ? 'enough'
        : 'more'
    })
    console.log(
      `${played.histories} histories: ${played.commands} pieces of work, ${played.crashes} crashes of workstations, ${played.faults} faults`,
    )
    const [first] = broken
    expect(
      first &&
        `${first.trace?.slice(-80).join('\n')}\n${first.violation}\nnpm run simulate -- --seeds 1 --from ${first.seed}`,
    ).toBeUndefined()
  })

  it('are the same again from the same seed', async () => {
    const under = tempFolder()
    const play = (seed: number) => playHistory(seed, soundJoints, under)
    const [once, again] = [await play(7), await play(7)]
    expect(again.fingerprint).toBe(once.fingerprint)
    expect((await play(8)).fingerprint).not.toBe(once.fingerprint)
  })

  it('find every planted bug', { timeout: 600_000 }, async () => {
    const found = new Map<string, number>()
    await playMany(
      huntsFor(plantedBugs, 200, (bug) => found.has(bug)),
      ({ bug, seed, violation }) => {
        if (violation && bug !== null && !found.has(bug)) found.set(bug, seed)
        return found.size === plantedBugs.length ? 'enough' : 'more'
      },
    )
    const anew = plantedBugs
      .filter(({ name, seed }) => found.has(name) && found.get(name) !== seed)
      .map(({ name }) => `${name}: ${found.get(name)}`)
    console.log(
      `${found.size} of ${plantedBugs.length} planted bugs found${anew.length > 0 ? `, by another seed than before: ${anew.join(', ')}` : ''}`,
    )
    expect(plantedBugs.filter(({ name }) => !found.has(name)).map(({ name }) => name)).toEqual([])
    expect(plantedBugs.length).toBeGreaterThanOrEqual(20)
  })
})
