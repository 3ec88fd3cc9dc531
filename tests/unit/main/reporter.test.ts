import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { createReporter } from '../../../main/services/reporter.ts'
import type { ServerLink } from '../../../main/link/server-link.ts'
import { createLog } from '../../../main/log.ts'
import { ok, refuse } from '../../../protocol/errors.ts'
import { requests } from '../../../protocol/wire.ts'
import { until } from '../../support/until.ts'
import { createVirtualClock } from '../../support/virtual-clock.ts'

function reporterAt(answer: 'taken' | 'unknown') {
  const clock = createVirtualClock()
  const sent: unknown[] = []
  const link = {
    isOnline: () => true,
    request: async (name: string, args: unknown) => {
      sent.push([name, args])
      return answer === 'taken' ? ok(null) : refuse('UNKNOWN_NAME', { name })
    },
  } as unknown as ServerLink
  const reporter = createReporter({
    link,
    clock,
    random: () => 0.5,
    log: createLog(
      () => undefined,
      () => 0,
    ),
    appVersion: '1',
    folder: tmpdir(),
    place: async () => ({ cursor: 7 }),
    behind: () => 3,
    counts: async () => ({ unsent: 2, needsAttention: 1 }),
    alarm: () => ({ code: 'JOURNAL_FULL', params: { megabytes: 5 } }),
  })
  return { clock, sent, reporter }
}
const settle = () =>
  new Promise((resolve) => {
    setTimeout(resolve, 30)
  })

test('a workstation reports soon after the welcome and then every minute, until the connection is lost', async () => {
  const { clock, sent, reporter } = reporterAt('taken')
  reporter.begin()
  clock.advance(2_499)
  await settle()
  expect(sent).toEqual([])
  clock.advance(1)
  await until(() => sent.length === 1, 'the first report')
  const [name, args] = sent[0] as [string, unknown]
  expect(name).toBe('report')
  expect(requests.report.args.parse(args)).toMatchObject({
    cursor: 7,
    behind: 3,
    unsent: 2,
    needsAttention: 1,
    alarm: 'JOURNAL_FULL',
  })
  clock.advance(60_000)
  await until(() => sent.length === 2, 'the second report')
  // A second welcome starts the minute again and does not double the reports.
  reporter.begin()
  clock.advance(62_500)
  await until(() => sent.length === 4, 'two more')
  reporter.stop()
  clock.advance(600_000)
  await settle()
  expect(sent).toHaveLength(4)
})

test('a server that takes no reports is sent none before the next welcome', async () => {
  const { clock, sent, reporter } = reporterAt('unknown')
  reporter.begin()
  clock.advance(2_500)
  await until(() => sent.length === 1, 'the report')
  await settle()
  clock.advance(600_000)
  await settle()
  expect(sent).toHaveLength(1)
  reporter.begin()
  clock.advance(2_500)
  await until(() => sent.length === 2, 'the report after the next welcome')
})
