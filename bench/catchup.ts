import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { scopesOf } from '../server/auth/visible.ts'
import { userByLogin } from '../server/auth/users.ts'
import { readPage, readPlace } from '../server/feed/read-log.ts'
import type { OpenDatabase } from '../server/open-database.ts'
import { SCALE_SEQ, takeEpoch } from './center/offer-snapshot.ts'
import { openCenter } from './center/open-center.ts'
import { startNode } from './center/start-node.ts'
import { changedRows } from './changes/changed-rows.ts'
import { writeLog } from './changes/log-of-a-week.ts'
import { openRawApply } from './changes/raw-apply.ts'
import { openDesk } from './desk/open-desk.ts'
import { prepareDesk } from './desk/prepare-desk.ts'
import { figure, percentiles, rateFigure, type Figure } from './figure.ts'
import { inPlace, type Place } from './place.ts'
import { openRaw } from './raw.ts'
import { scaleFile, type ScaleFile } from './scale-file.ts'

const LOGIN = 'wang'
const PAGE = 4000

/**
 * A workstation comes back after a week: its cache is behind by half as many rows as there are customers. It signs in,
 * pulls the rows from the server and applies them until its cursor is at the newest. The floor is bare better-sqlite3,
 * which already holds the same pages in memory.
 */
export const catchup = (benchFolder: string, customers: number): Promise<Figure[]> =>
  inPlace(benchFolder, 'catchup', async (place) => {
    const file = await scaleFile(benchFolder, customers)
    const database = await openCenter(place, 20)
    await takeEpoch(database)
    const source = openRaw(file)
    const { rows, lines } = await writeLog(database, changedRows(source, Math.ceil(customers / 2)))
    source.close()
    const { head } = await readPlace(database.pool)
    console.log(
      `catchup: ${rows.toLocaleString('en')} rows were changed in ${lines.toLocaleString('en')} lines of the log`,
    )
    const node = await startNode(place, 'node', database)
    await prepareDesk(join(place.folder, 'desk'), file, SCALE_SEQ)

    const ours = await follow(place, node.url, head)
    const floor = await bare(place, database, file, head)
    const of = `${rows.toLocaleString('en')} changed rows`
    return [
      figure('catchup', 's', percentiles([ours]), percentiles([floor]), 'p50', `≤ 15 s for 500,000; ${of}`),
      rateFigure(
        'catchup.rate',
        'rows/s',
        percentiles([rows / ours]),
        percentiles([rows / floor]),
        `≥ 50,000 rows/s; ${of}`,
      ),
    ]
  })

/** The seconds from the sign-in until the cache holds the newest change. */
async function follow(place: Place, serverUrl: string, head: number): Promise<number> {
  let done = () => {}
  const there = new Promise<void>((resolve) => {
    done = resolve
  })
  const desk = await openDesk(place, 'desk', serverUrl, {
    applied: (page) => {
      if (page.upTo >= head) done()
    },
    cacheIsThere: () => {
      throw new Error('The workstation took a snapshot instead of following the log.')
    },
  })
  const started = performance.now()
  await desk.signIn(LOGIN)
  await there
  const seconds = (performance.now() - started) / 1000
  await desk.close()
  return seconds
}

/** The seconds that applying alone takes; fetching a page is not timed. */
async function bare(place: Place, { pool }: OpenDatabase, file: ScaleFile, head: number): Promise<number> {
  const path = join(place.folder, 'raw.db')
  cpSync(file.path, path)
  const raw = openRawApply(path, file.keyHex)
  const { user } = await userByLogin(pool, LOGIN)
  let ms = 0
  for (let cursor = SCALE_SEQ; cursor < head;) {
    const page = await readPage(pool, scopesOf(user!), cursor, PAGE)
    const started = performance.now()
    raw.apply(page.changes)
    ms += performance.now() - started
    cursor = page.upTo
  }
  raw.close()
  return ms / 1000
}
