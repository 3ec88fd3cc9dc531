import { expect, test } from 'vitest'
import { createLog } from '../../../server/log.ts'

test('a repeated failure is logged every ten seconds with its count, and a different one at once', () => {
  const lines: Record<string, unknown>[] = []
  let now = 0
  const log = createLog(
    (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
    () => now,
  )
  const gone = Object.assign(new Error('terminating connection'), { code: '57P01' })
  for (; now < 10_000; now += 125) log.error('feed failed', gone)
  expect(lines).toHaveLength(1)
  log.error('snapshot failed', gone)
  log.error('feed failed', gone)
  expect(lines.map((line) => [line['event'], line['times_before'] ?? 0])).toEqual([
    ['feed failed', 0],
    ['snapshot failed', 0],
    ['feed failed', 79],
  ])
})

test('failed requests that differ only in their reference count as one failure, and the first line keeps its reference', () => {
  const lines: Record<string, unknown>[] = []
  const log = createLog(
    (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
    () => 0,
  )
  const gone = new Error('gone')
  for (let request = 1; request <= 1000; request += 1)
    log.error('request failed', gone, { name: 'pull', reference: `r-${request}` })
  log.error('request failed', gone, { name: 'lookup', reference: 'r-1001' })
  expect(lines.map((line) => [line['name'], line['reference']])).toEqual([
    ['pull', 'r-1'],
    ['lookup', 'r-1001'],
  ])
})
