import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { ok, refuse } from '../../protocol/errors.ts'
import { SnapshotManifest } from '../../protocol/wire.ts'
import type { RunningDownloads } from '../snapshots/running-downloads.ts'
import { sharedScopes } from '../auth/visible.ts'
import type { Pool } from '../db/connect.ts'
import type { SnapshotKeeper } from '../snapshots/snapshot-keeper.ts'
import type { SnapshotShelf } from '../snapshots/snapshot-shelf.ts'
import { sessionOf } from './bearer.ts'

const RETRY_SECONDS = 2
/**
 * Sending gigabytes in pieces of this size takes the server a third less time than in pieces of 64 KB. Each download
 * holds one piece in memory. The plugin passes this option on, although its types do not list it.
 */
const inPieces = { acceptRanges: true, highWaterMark: 262_144 }

/** Serves the manifest of the newest file for the user who asks, and the file's bytes, whole or by ranges. */
export async function addSnapshotRoutes(
  app: FastifyInstance,
  options: {
    pool: Pool
    folder: string
    shelf: SnapshotShelf
    keeper: SnapshotKeeper
    downloads: RunningDownloads
    historyMonths: number | null
    now: () => number
  },
): Promise<void> {
  const { pool, shelf, keeper, downloads, now } = options
  await app.register(fastifyStatic, {
    root: options.folder,
    serve: false,
    cacheControl: false,
    index: false,
    decorateReply: true,
  })

  // A workstation that can fetch what a partial file lacks asks with `history=recent`. An older workstation would take
  // a partial file for the whole history.
  app.get<{ Querystring: { history?: string } }>('/api/snapshot', async (request, reply) => {
    const session = await sessionOf(pool, request, now())
    if (!session) return reply.code(401).send(refuse('NOT_SIGNED_IN'))
    await keeper.dropUnclean()
    const manifest = keeper.ready({
      scopes: sharedScopes(session.user),
      historyMonths: request.query.history === 'recent' ? options.historyMonths : null,
    })
    if (!manifest)
      return reply
        .code(503)
        .header('retry-after', String(RETRY_SECONDS))
        .send(refuse('CENTER_BUSY', { seconds: RETRY_SECONDS }))
    const { historyMonths: _, ...told } = manifest
    return ok(SnapshotManifest.parse(told))
  })

  app.get<{ Params: { id: string } }>('/api/snapshot/:id', async (request, reply) => {
    const session = await sessionOf(pool, request, now())
    if (!session) return reply.code(401).send(refuse('NOT_SIGNED_IN'))
    await keeper.dropUnclean()
    const manifest = shelf.find(request.params.id)
    const allowed = manifest && sharedScopes(session.user).join() === manifest.scopes.join()
    if (!allowed) return reply.code(404).send(refuse('ROW_UNKNOWN'))
    downloads.begun(manifest, session, reply.raw)
    return reply.type('application/octet-stream').sendFile(shelf.fileName(manifest.id), inPieces)
  })
}
