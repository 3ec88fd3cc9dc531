import type { Server } from 'node:http'
import { entityNames } from '../../protocol/entities.ts'
import { openRaw } from '../raw.ts'
import { rowsOf } from '../rows-of-file.ts'
import type { ScaleFile } from '../scale-file.ts'
import { pouchDb, type PouchConstructor } from './pouchdb.ts'
import { peer } from './provide-peers.ts'
import type { RowCenterSaid } from './row-center-process.ts'

interface App {
  use(path: string, handler: unknown): void
  listen(port: number, host: string, done: () => void): Server
}
type Express = () => App
type ExpressPouchDb = (pouch: PouchConstructor, options: object) => unknown

const DOCUMENTS_AT_ONCE = 1000

// A CouchDB in Node: express-pouchdb over the rows of the file in SCALE_FILE, with its own files in PEER_FOLDER.
const folder = process.env['PEER_FOLDER']!
const { default: express } = await peer<{ default: Express }>('express')
const { default: expressPouchDb } = await peer<{ default: ExpressPouchDb }>('express-pouchdb')
const Pouch = (await pouchDb()).defaults({ prefix: `${folder}/center-` })

const raw = openRaw(JSON.parse(process.env['SCALE_FILE']!) as ScaleFile)
const rows = new Pouch('rows')
let documents: object[] = []
const write = async () => {
  await rows.bulkDocs(documents)
  documents = []
}
for (const entity of entityNames) {
  for (const row of rowsOf(raw, entity)) {
    documents.push({ _id: `${entity}/${String(row['id'])}`, row })
    if (documents.length === DOCUMENTS_AT_ONCE) await write()
  }
}
await write()
raw.close()

const app = express()
app.use(
  '/',
  expressPouchDb(Pouch, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: `${folder}/center.log` }),
)
const server = app.listen(0, '127.0.0.1', () => {
  process.send!({
    said: 'listening',
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}/rows`,
  } satisfies RowCenterSaid)
})
process.once('disconnect', () => process.exit())
