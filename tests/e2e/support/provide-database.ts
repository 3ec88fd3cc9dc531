import { scaledDemo } from '../../../demo/scaled-demo.ts'
import { loadDemo } from '../../../launch/load-demo.ts'
import { demoSite } from '../../../launch/demo-database.ts'
import { openDatabase } from '../../../server/open-database.ts'
import { makeDatabase, startCluster } from '../../support/cluster.ts'
import { CLUSTER, TEMPLATE } from './template.ts'

const CUSTOMERS = 400

/** Runs once before all browser tests: the variables that are set here reach the test workers in their environment. */
export default async function provideDatabase(): Promise<() => Promise<void>> {
  const cluster = await startCluster()
  const database = await openDatabase({
    dataFolder: '',
    databaseUrl: await makeDatabase(cluster.connectionString, TEMPLATE),
    site: demoSite,
  })
  await loadDemo({
    pool: database.pool,
    demo: scaledDemo('e2e', CUSTOMERS, Date.now()),
    origin: 'test',
    calls: [],
    onProgress: () => undefined,
  })
  await database.close()
  process.env[CLUSTER] = cluster.connectionString
  return () => cluster.stop()
}
