import { buildDemo } from '../demo/build-demo.ts'
import { openDatabase } from '../server/open-database.ts'
import { generateSource, missingDataFiles, readSource, type DemoSource } from '../demo/source.ts'
import { loadDemo, loadState } from './load-demo.ts'
import { dataSetsFolder } from './paths.ts'
import { progressLine } from './progress.ts'

export const demoSite = { name: 'Ringside demo', timeZone: 'Asia/Shanghai', currency: 'CNY', country: 'CN' } as const
const SEED = 'ringside'

/** Makes sure that the database in `folder` (or at DATABASE_URL) has something to show; builds the demo once. */
export async function provideDemo(folder: string): Promise<void> {
  const database = await openDatabase({ dataFolder: folder, databaseUrl: process.env.DATABASE_URL, site: demoSite })
  try {
    const state = await loadState(database.pool)
    if (state === 'loaded' || state === 'foreign') return
    const published = dataSetsFolder()
    await loadFrom(database.pool, published && missingDataFiles(published).length === 0 ? await readSource(published) : generateSource(SEED))
  } finally {
    await database.close()
  }
}

/** Loads one source into an empty database with a progress line. */
export async function loadFrom(pool: Parameters<typeof loadState>[0], source: DemoSource): Promise<void> {
  const started = performance.now()
  const line = progressLine(`building the demo from ${source.origin === 'generated' ? 'generated data' : 'the published data sets'}`)
  const demo = buildDemo(source, { seed: SEED, asOf: Date.now(), timeZone: demoSite.timeZone })
  const { rows } = await loadDemo({ pool, demo, origin: source.origin, calls: source.calls, onProgress: line.update })
  line.end(`demo built from ${source.origin}: ${rows.toLocaleString('en')} rows in ${Math.round((performance.now() - started) / 1000)} s`)
}
