import { buildDemo, type Demo } from '../demo/build-demo.ts'
import { scaledDemo } from '../demo/scaled-demo.ts'
import type { Pool } from '../server/db/connect.ts'
import { openDatabase } from '../server/open-database.ts'
import { generateSource, missingDataFiles, readSource, type DemoSource } from '../demo/source.ts'
import { noteFilled } from './filled-note.ts'
import { loadDemo, loadState } from './load-demo.ts'
import { dataSetsFolder } from './paths.ts'
import { progressLine } from './progress.ts'

export const demoSite = { name: 'Ringside demo', timeZone: 'Asia/Shanghai', currency: 'CNY', country: 'CN' } as const
const SEED = 'ringside'

/**
 * Makes sure that the database in `folder` (or at DATABASE_URL) has data to show; builds the demo once. It closes the
 * database in any case; when `signal` ends it, it throws the signal's reason.
 */
export async function provideDemo(folder: string, signal: AbortSignal): Promise<void> {
  const database = await openDatabase({ dataFolder: folder, databaseUrl: process.env.DATABASE_URL, site: demoSite })
  try {
    const state = await loadState(database.pool)
    if (state === 'loaded' || state === 'foreign') return noteFilled(folder)
    const published = dataSetsFolder()
    await loadFrom(
      database.pool,
      published && missingDataFiles(published).length === 0 ? await readSource(published) : generateSource(SEED),
      signal,
    )
    noteFilled(folder)
  } finally {
    await database.close()
  }
}

/** Loads one source into an empty database with a progress line. */
export const loadFrom = (pool: Pool, source: DemoSource, signal: AbortSignal): Promise<void> =>
  load(
    pool,
    buildDemo(source, { seed: SEED, asOf: Date.now(), timeZone: demoSite.timeZone }),
    source.origin,
    source.calls,
    signal,
  )

/** Loads any number of generated customers; no simulated calls come in there. */
export const loadScaled = (pool: Pool, customers: number, signal: AbortSignal): Promise<void> =>
  load(pool, scaledDemo(SEED, customers, Date.now()), 'generated', [], signal)

async function load(
  pool: Pool,
  demo: Demo,
  origin: DemoSource['origin'],
  calls: DemoSource['calls'],
  signal: AbortSignal,
): Promise<void> {
  const started = performance.now()
  const line = progressLine(
    `building the demo from ${origin === 'generated' ? 'generated data' : 'the published data sets'}`,
  )
  const { rows } = await loadDemo({
    pool,
    demo,
    origin,
    calls,
    signal,
    onProgress: (done, total) => line.update(done, total),
  })
  line.end(
    `demo built from ${origin}: ${rows.toLocaleString('en')} rows in ${Math.round((performance.now() - started) / 1000)} s`,
  )
}
