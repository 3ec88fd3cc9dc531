import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { entityNames, type EntityName } from '../../protocol/entities.ts'
import { openRaw } from '../raw.ts'
import { rowsAfter, rowsOf } from '../rows-of-file.ts'
import type { ScaleFile } from '../scale-file.ts'

/** The message of the row server. */
export interface RowCenterSaid {
  readonly said: 'listening'
  readonly url: string
}

/** The place that a pull has reached. */
export interface PullPlace {
  readonly entity: EntityName
  readonly after: string
}
export interface Pulled {
  readonly rows: readonly { entity: EntityName; row: Record<string, unknown> }[]
  readonly place: PullPlace | null
}

// Serves the rows of the file in SCALE_FILE over HTTP: all of them as lines of JSON, or one page after a place.
const raw = openRaw(JSON.parse(process.env['SCALE_FILE']!) as ScaleFile)
const LINES_AT_ONCE = 200

async function sendAll(reply: ServerResponse): Promise<void> {
  reply.writeHead(200, { 'content-type': 'application/x-ndjson' })
  for (const entity of entityNames) {
    let lines: string[] = []
    const send = async () => {
      const room = reply.write(lines.join(''))
      lines = []
      if (!room) await once(reply, 'drain')
    }
    for (const row of rowsOf(raw, entity)) {
      lines.push(`${JSON.stringify({ entity, row })}\n`)
      if (lines.length === LINES_AT_ONCE) await send()
    }
    await send()
  }
  reply.end()
}

function page({ entity, after }: PullPlace, limit: number): Pulled {
  const rows = rowsAfter(raw, entity, after, limit).map((row) => ({ entity, row }))
  const last = rows.at(-1)
  if (last && rows.length === limit) return { rows, place: { entity, after: last.row['id'] as string } }
  const next = entityNames[entityNames.indexOf(entity) + 1]
  return { rows, place: next ? { entity: next, after: '' } : null }
}

const server = createServer((request, reply) => {
  const url = new URL(request.url!, 'http://localhost')
  if (url.pathname === '/rows') {
    sendAll(reply).catch(() => reply.destroy())
    return
  }
  const place = {
    entity: (url.searchParams.get('entity') ?? entityNames[0]) as EntityName,
    after: url.searchParams.get('after') ?? '',
  }
  reply
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify(page(place, Number(url.searchParams.get('limit')))))
})
server.listen(0, '127.0.0.1', () => {
  process.send!({
    said: 'listening',
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
  } satisfies RowCenterSaid)
})
process.once('disconnect', () => process.exit())
