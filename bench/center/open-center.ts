import { join } from 'node:path'
import { scaledDemo } from '../../demo/scaled-demo.ts'
import { demoSite } from '../../launch/demo-database.ts'
import { loadDemo } from '../../launch/load-demo.ts'
import { openDatabase, type OpenDatabase } from '../../server/open-database.ts'
import type { CustomerId } from '../../protocol/scalars.ts'
import type { Place } from '../place.ts'

/**
 * Opens a PostgreSQL of the benchmark's own, with users who can sign in and `customers` customers. No simulated calls
 * come in.
 */
export async function openCenter(place: Place, customers: number): Promise<OpenDatabase> {
  const database = await openDatabase({ dataFolder: join(place.folder, 'center'), site: demoSite })
  place.atEnd(database.close)
  await loadDemo({
    pool: database.pool,
    demo: scaledDemo('bench', customers, Date.now()),
    origin: 'bench',
    calls: [],
    onProgress: () => undefined,
  })
  return database
}

/** The ids of the customers in a database. */
export const customerIdsOf = async ({ pool }: OpenDatabase): Promise<CustomerId[]> =>
  (await pool.query<{ id: CustomerId }>('select id from customer order by id')).rows.map((row) => row.id)
