import { screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ok, type Result } from '../../../protocol/errors.ts'
import type { CustomerRecord, OpenMatter } from '../../../protocol/record.ts'
import type { DeskCall } from '../../../protocol/workstation.ts'
import { failureReport } from '../../../renderer/app/failure-report.ts'
import { words } from '../../../renderer/i18n/words.ts'
import { createRecordedBridge, type RecordedBridge } from '../../support/recorded-bridge.ts'
import { openWindow } from './stand.tsx'

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
})

const CANARY = 'Canary Chen'

/** A bridge that changes its answers into values that no contract allows and no screen can show. */
function bridgeThat(change: {
  record?: (record: CustomerRecord) => CustomerRecord
  calls?: (calls: DeskCall[]) => DeskCall[]
}): RecordedBridge {
  const recorded = createRecordedBridge()
  return {
    ...recorded,
    get asked() {
      return recorded.asked
    },
    watch: (query, args, listener) =>
      recorded.watch(query, args, (result) => {
        if (result.ok && query === 'customer.record' && result.value)
          listener(ok(change.record?.(result.value as CustomerRecord) ?? result.value) as Result<never>)
        else if (result.ok && query === 'desk.calls')
          listener(ok(change.calls?.(result.value as DeskCall[]) ?? result.value) as Result<never>)
        else listener(result)
      }),
  }
}
const failures = (bridge: RecordedBridge) =>
  bridge.asked.filter(({ name }) => name === 'screen.failed').map(({ args }) => (args as { part: string }).part)

async function openLiWei(bridge: RecordedBridge) {
  const stand = await openWindow('en', undefined, bridge)
  await stand.user.keyboard('{Control>}k{/Control}Li Wei')
  await screen.findByRole('option', { name: /Li Wei/ })
  await stand.user.keyboard('{Enter}')
  await screen.findAllByRole('heading', { level: 1, name: /Li Wei/ })
  await stand.happens(() => undefined)
  return stand
}

test('a matter that cannot be shown removes only its own line, keeps what is typed and is tried again', async () => {
  let broken = true
  const bridge = bridgeThat({
    record: (record) =>
      broken
        ? {
            ...record,
            openMatters: record.openMatters.map((matter, n) =>
              n === 0 ? ({ ...matter, kind: CANARY } as unknown as OpenMatter) : matter,
            ),
          }
        : record,
  })
  const { user, happens } = await openLiWei(bridge)
  const matters = screen.getAllByRole('list', { name: 'Open matters' })[0]!
  const [first, second] = within(matters).getAllByRole('listitem')
  expect(within(first!).getByRole('alert').textContent).toMatch(/cannot be shown. Your text is kept/)
  expect(within(second!).queryByRole('alert')).toBeNull()
  await user.type(screen.getAllByRole('textbox', { name: 'Note' })[0]!, 'half a sentence')
  await user.click(within(first!).getByRole('button', { name: 'Try again' }))
  expect(within(first!).getByRole('alert')).toBeTruthy()
  expect(failures(bridge)).toEqual(['record/matter', 'record/matter'])
  // The next version of the record can be shown.
  broken = false
  await happens(() => bridge.setComplaintStep('C-1042', 'investigated', 'quality'))
  expect(screen.queryByText(/cannot be shown/)).toBeNull()
  expect(screen.getAllByRole('textbox', { name: 'Note' })[0]!).toHaveProperty('value', 'half a sentence')
  expect(JSON.stringify(bridge.asked.filter(({ name }) => name === 'screen.failed'))).not.toContain(CANARY)
})

test('a view that fails does not affect the header, the matters, the other views and the note', async () => {
  const bridge = bridgeThat({
    record: (record) => ({ ...record, orders: [null] as unknown as CustomerRecord['orders'] }),
  })
  const { user } = await openLiWei(bridge)
  await user.click(screen.getAllByRole('tab', { name: /^Orders/ })[0]!)
  expect(within(screen.getAllByRole('tabpanel')[0]!).getByRole('alert').textContent).toContain(
    '"Orders" cannot be shown',
  )
  expect(screen.getAllByRole('heading', { level: 1, name: /Li Wei/ })[0]!).toBeTruthy()
  await user.click(screen.getAllByRole('tab', { name: /^Timeline/ })[0]!)
  expect(screen.queryByText(/cannot be shown/)).toBeNull()
  expect(failures(bridge)).toEqual(['record/orders'])
})

test('a strip that fails still answers and ends calls', async () => {
  const bridge = bridgeThat({
    calls: (calls) =>
      calls.map((desk) => ({ ...desk, match: { kind: CANARY } as unknown as DeskCall['match'], customerId: null })),
  })
  const { user, happens } = await openWindow('en', undefined, bridge)
  await happens(() => void bridge.ring('unknown'))
  const strip = screen.getByRole('region', { name: words.en.call.strip })
  expect(within(strip).getByRole('button', { name: 'Answer' })).toBeTruthy()
  await user.keyboard('{F2}')
  expect(bridge.asked.find(({ name }) => name === 'call.control')?.args).toMatchObject({ action: 'answer' })
  await happens(() => undefined)
  await user.click(
    within(screen.getByRole('region', { name: words.en.call.strip })).getByRole('button', { name: 'Hang up' }),
  )
  expect(bridge.asked.findLast(({ name }) => name === 'call.control')?.args).toMatchObject({ action: 'hangup' })
  expect(failures(bridge)).toContain('strip')
})

test('the log receives where a failure was, and never the error’s message', () => {
  const error = new RangeError(`${CANARY} at 13800138000 is no date`)
  const report = failureReport('record/orders', error)
  expect(report).toMatchObject({ part: 'record/orders', kind: 'RangeError' })
  expect(report.places.length).toBeGreaterThan(0)
  expect(JSON.stringify(report)).not.toMatch(/Canary|13800138000/)
  expect(failureReport('rail', CANARY)).toEqual({ part: 'rail', kind: 'string', places: [] })
})
