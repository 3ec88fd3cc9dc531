import { pouchDb } from './pouchdb.ts'
import type { PeerSaid } from './rxdb-process.ts'

// PouchDB pulls everything once into LevelDB, with larger batches than its defaults, which would make it a third
// slower.
const Pouch = await pouchDb()
const started = performance.now()
const local = new Pouch(`${process.env['PEER_FOLDER']!}/local`)
const { docs_written: rows } = await local.replicate.from(process.env['CENTER_URL']!, {
  batch_size: 1000,
  batches_limit: 10,
})
const seconds = (performance.now() - started) / 1000
await local.close()
process.send!({ said: 'pulled', rows, seconds } satisfies PeerSaid, () => process.exit())
