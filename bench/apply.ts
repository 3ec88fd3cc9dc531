import { randomBytes } from 'node:crypto'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { createWriter } from '../db/worker/writer.ts'
import { createFileSecretStore } from '../main/secrets/file-secret-store.ts'
import { filesKey } from '../main/secrets/files-key.ts'
import { SCALE_EPOCH, SCALE_SEQ } from './center/offer-snapshot.ts'
import { changedRows, type RowChange } from './changes/changed-rows.ts'
import { openRawApply } from './changes/raw-apply.ts'
import { prepareDesk } from './desk/prepare-desk.ts'
import { percentiles, rateFigure, type Figure, type Samples } from './figure.ts'
import { inPlace } from './place.ts'
import { openRaw } from './raw.ts'
import { scaleFile } from './scale-file.ts'

const PAGE = 4000
/**
 * How many pages are timed together: enough that each round has its share of carrying the write-ahead log over into the
 * file.
 */
const PAGES_A_ROUND = 5
/** The most rows in each order; half as many as there are customers where that is less. */
const ROWS = 200_000

/**
 * Applies pages of the feed to a cache, with the writer that a workstation has in its thread, against bare
 * better-sqlite3 that puts the same rows into a copy of the same file. Both run in turns: first in the order of the
 * feed, which is that of time and so touches random places of the file; then in the order in which the rows lie.
 */
export const apply = (benchFolder: string, customers: number): Promise<Figure[]> =>
  inPlace(benchFolder, 'apply', async (place) => {
    const file = await scaleFile(benchFolder, customers)
    const folder = join(place.folder, 'desk')
    await prepareDesk(folder, file, SCALE_SEQ)
    const secrets = createFileSecretStore(join(folder, 'files.key'))
    const keyHex = () => randomBytes(32).toString('hex')
    const writer = createWriter({
      folder,
      journalKeyHex: await filesKey(secrets, keyHex),
      newKeyHex: [keyHex()],
      stamp: 'bench',
    })
    const copy = join(place.folder, 'raw.db')
    cpSync(file.path, copy)
    const raw = openRawApply(copy, file.keyHex)
    place.atEnd(() => {
      writer.close()
      raw.close()
    })

    const source = openRaw(file)
    const count = Math.min(ROWS, Math.ceil(customers / 2))
    const all = [...changedRows(source, 2 * count)]
    const random = all.slice(0, count)
    const ordered = all.slice(count).toSorted(asTheyLie)
    source.close()

    let cursor = SCALE_SEQ
    const ours = async (changes: readonly RowChange[]) => {
      const after = cursor
      cursor += changes.length
      const { cursor: reached } = await writer.applyPage({
        epoch: SCALE_EPOCH,
        after,
        upTo: cursor,
        changes: changes.map((change, i) => ({ ...change, seq: after + 1 + i })),
      })
      if (reached !== cursor) throw new Error('A page was not applied.')
    }
    const measured = async (changes: readonly RowChange[]) => {
      const mine: number[] = []
      const bare: number[] = []
      for (let start = 0, round = 0; start < changes.length; start += PAGE * PAGES_A_ROUND, round++) {
        const rows = changes.slice(start, start + PAGE * PAGES_A_ROUND)
        const time = async (work: (page: readonly RowChange[]) => unknown, into: number[]) => {
          const pages = Array.from({ length: Math.ceil(rows.length / PAGE) }, (_, i) =>
            rows.slice(i * PAGE, (i + 1) * PAGE),
          )
          const started = performance.now()
          for (const page of pages) await work(page)
          into.push(rows.length / ((performance.now() - started) / 1000))
        }
        // The second one finds the disk warm, so they take turns at being first.
        if (round % 2 === 0) await time(ours, mine)
        await time(raw.apply, bare)
        if (round % 2 === 1) await time(ours, mine)
      }
      return { mine: rates(mine), bare: rates(bare) }
    }
    const inRandomOrder = await measured(random)
    const inOrder = await measured(ordered)
    const target = `ratio ≤ 1.67: ≥ 60 % of raw; ${random.length.toLocaleString('en')} rows`
    return [
      rateFigure('apply.ordered', 'rows/s', inOrder.mine, inOrder.bare, target),
      rateFigure('apply.random', 'rows/s', inRandomOrder.mine, inRandomOrder.bare, target),
    ]
  })

/** The slow end of a rate is its lowest value. */
const rates = (values: readonly number[]): Samples => ({ p50: percentiles(values).p50, p99: Math.min(...values) })

/** Sorts by entity, customer, time and id, which is how history is clustered. */
function asTheyLie(a: RowChange, b: RowChange): number {
  const [left, right] = [placeOf(a), placeOf(b)]
  return left < right ? -1 : left > right ? 1 : 0
}
const placeOf = ({ entity, id, row }: RowChange): string => {
  const { customerId, placedAt, shippedAt, issuedAt, receivedAt, startedAt } = row as Record<
    string,
    string | number | null | undefined
  >
  return `${entity} ${customerId ?? ''} ${String(placedAt ?? shippedAt ?? issuedAt ?? receivedAt ?? startedAt ?? 0).padStart(14, '0')} ${id}`
}
