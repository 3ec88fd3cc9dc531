import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE_SCHEMA } from '../protocol/version.ts'
import type { EntityName } from '../protocol/entities.ts'
import { createSnapshotFile } from '../db/snapshot-writer.ts'
import { scaledDemo } from '../demo/scaled-demo.ts'

/**
 * A workstation's cache at full scale, built once and kept: 1,000,000 customers and about 5,000,000 rows of history.
 */
export interface ScaleFile {
  readonly path: string
  readonly keyHex: string
  readonly customers: number
  readonly rows: number
  /** The customers with the longest histories, the longest first. */
  readonly longest: readonly string[]
}

const KEY = '5c'.repeat(32)
const CHUNK = 5000
const AS_OF = Date.UTC(2026, 10, 20, 4)

export async function scaleFile(folder: string, customers: number): Promise<ScaleFile> {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `scale-${customers}-layout-${CACHE_SCHEMA}.db`)
  const note = `${path}.json`
  if (existsSync(path) && existsSync(note)) return JSON.parse(readFileSync(note, 'utf8')) as ScaleFile
  console.log(`Building ${path} (once) …`)
  const started = performance.now()
  const file = createSnapshotFile(`${path}.part`, KEY)
  const demo = scaledDemo('scale', customers, AS_OF)
  let rows = 0
  const longest: { id: string; length: number }[] = []
  const write = (set: object) => {
    for (const [entity, list] of Object.entries(set) as [EntityName, never[]][]) {
      file.insert(entity, list)
      if (!['customer', 'contactPoint', 'user', 'line', 'product', 'productCost', 'preference'].includes(entity))
        rows += list.length
    }
  }
  write(demo.shared)
  for (const chunk of demo.chunks(CHUNK)) {
    write(chunk.rows)
    const lengths = Map.groupBy(
      [
        ...(chunk.rows.order ?? []),
        ...(chunk.rows.invoice ?? []),
        ...(chunk.rows.payment ?? []),
        ...(chunk.rows.shipment ?? []),
      ],
      (row) => row.customerId as string,
    )
    for (const [id, list] of lengths) if (list.length > 150) longest.push({ id, length: list.length })
    if (chunk.customersDone % 100_000 === 0)
      console.log(
        `  ${chunk.customersDone} customers, ${rows} rows of history, ${Math.round((performance.now() - started) / 1000)} s`,
      )
  }
  file.finish({ epoch: 'bench', seq: 1, scopes: ['org'], partial: null })
  renameSync(`${path}.part`, path)
  const made: ScaleFile = {
    path,
    keyHex: KEY,
    customers,
    rows,
    longest: longest
      .toSorted((a, b) => b.length - a.length)
      .slice(0, 2000)
      .map((l) => l.id),
  }
  writeFileSync(note, JSON.stringify(made))
  console.log(`  done: ${rows} rows of history, ${Math.round((performance.now() - started) / 1000)} s`)
  return made
}
