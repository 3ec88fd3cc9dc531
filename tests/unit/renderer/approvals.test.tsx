import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { ApprovalItem } from '../../../protocol/workstation.ts'
import { candidate } from '../../support/recorded/calls.ts'
import { customers } from '../../support/recorded/records.ts'
import { colleagues, MINUTE, products, quote, userId } from '../../support/recorded/rows.ts'
import { openWindow, type Stand } from './stand.tsx'

const named = (n: number): ApprovalItem['asker'] => {
  const { userId: id, displayName, nativeName } = colleagues.find((one) => one.userId === userId(n))!
  return { userId: id, displayName, nativeName }
}
const briefOf = (customer: (typeof customers)[keyof typeof customers]): ApprovalItem['customer'] => {
  const { reasons: _, ...brief } = candidate(customer, [])
  return brief
}
const asked = (
  number: string,
  customer: (typeof customers)[keyof typeof customers],
  unitPriceMinor: number,
  minutes: number,
): ApprovalItem => {
  const at = Date.now() - minutes * MINUTE
  return {
    quote: { ...quote(customer.id, number, userId(2), at, unitPriceMinor, 'issued'), approval: 'needed', askedAt: at },
    customer: briefOf(customer),
    asker: named(2),
    decider: null,
    products: products.map(({ id, name, nativeName }) => ({ id, name, nativeName })),
  }
}
const two = [asked('Q-400', customers.liWei, 17_000, 38), asked('Q-401', customers.wangFang, 16_800, 5)]

async function asSupervisor(language: 'en' | 'zh' = 'en'): Promise<Stand> {
  const stand = await openWindow(language)
  await stand.happens(() => {
    stand.bridge.setSession({
      identity: {
        userId: userId(3),
        login: 'keller',
        displayName: 'Sarah Keller',
        role: 'supervisor',
        team: 'support',
        extension: '2003',
        scopes: ['org'],
      },
    })
    stand.bridge.setApprovals(two)
  })
  return stand
}
const decisions = (stand: Stand) => stand.bridge.asked.filter(({ name }) => name === 'quote.decide')

test('only users who may approve have the place, and it says how many prices wait', async () => {
  const { happens, bridge } = await openWindow()
  expect(screen.queryByRole('button', { name: /Approvals/ })).toBeNull()
  await happens(() => {
    bridge.setSession({
      identity: {
        userId: userId(3),
        login: 'keller',
        displayName: 'Sarah Keller',
        role: 'manager',
        team: 'support',
        extension: '2003',
        scopes: ['org'],
      },
    })
    bridge.setApprovals(two)
  })
  expect(screen.getByRole('button', { name: /Approvals 2/ })).toBeDefined()
})

test('by keyboard alone a price is approved and the next refused, each with a sentence, and the next one opens at once', async () => {
  const stand = await asSupervisor()
  await stand.user.keyboard('{Alt>}i{/Alt}')
  const list = await screen.findByRole('listbox', { name: 'Prices waiting for approval' }, { timeout: 10_000 })
  expect(within(list).getAllByRole('option')).toHaveLength(2)
  // All that is needed to decide is shown: floor, list price, the reason, the earlier prices.
  expect(screen.getByText('200 kg at once')).toBeDefined()
  expect(screen.getByText(/200 kg at once/).closest('section')?.textContent).toMatch(/Floor.*¥175\.00.*List.*¥190\.00/)
  expect(await screen.findByText('Quoted to this customer')).toBeDefined()
  await stand.user.keyboard('a')
  await stand.user.keyboard('{Enter}')
  expect(decisions(stand)).toEqual([])
  await stand.user.keyboard('A good customer for six years.{Enter}')
  expect(decisions(stand).map(({ args }) => args)).toMatchObject([
    { quoteId: two[0]!.quote.id, decision: 'approve', reason: 'A good customer for six years.' },
  ])
  expect(within(list).getAllByRole('option')).toHaveLength(1)
  expect(within(list).getByRole('option', { selected: true }).textContent).toContain('Wang Fang')
  expect(document.activeElement).toBe(list)
  await stand.user.keyboard('r')
  await stand.user.keyboard('Buys once a year.{Enter}')
  expect(decisions(stand).at(-1)?.args).toMatchObject({
    quoteId: two[1]!.quote.id,
    decision: 'refuse',
    reason: 'Buys once a year.',
  })
  expect(await screen.findByText('No price is waiting for approval.')).toBeDefined()
})

test('the price to decide is shown once, and another waiting price of the same customer is shown beside it', async () => {
  const stand = await asSupervisor()
  await stand.user.keyboard('{Alt>}i{/Alt}')
  await screen.findByText('Quoted to this customer', {}, { timeout: 10_000 })
  const price = () => screen.getByText(/200 kg at once/).closest('section')!
  expect(within(price()).getAllByText(/170\.00/)).toHaveLength(1)
  expect(within(price()).queryByText('Waiting for approval')).toBeNull()
  await stand.happens(() => stand.bridge.setApprovals([...two, asked('Q-402', customers.liWei, 16_100, 1)]))
  await within(price()).findByText('Waiting for approval')
  expect(within(price()).getAllByText(/170\.00/)).toHaveLength(1)
  expect(within(price()).getAllByText(/161\.00/)).toHaveLength(1)
})

test('without the server nothing can be decided, and the screen says so', async () => {
  const stand = await asSupervisor()
  await stand.happens(() => stand.bridge.setSync({ link: 'offline' }))
  await stand.user.keyboard('{Alt>}i{/Alt}')
  expect((await screen.findByRole('button', { name: 'Approve' }, { timeout: 10_000 })).hasAttribute('disabled')).toBe(
    true,
  )
  expect(screen.getByText('You are offline. Only the server can decide.')).toBeDefined()
  await stand.user.keyboard('aand so on{Enter}')
  expect(decisions(stand)).toEqual([])
})

test('the decision stays in the strip of the agent who asked until they confirm that they have seen it, in both languages', async () => {
  for (const language of ['en', 'zh'] as const) {
    const stand = await openWindow(language)
    const { quote: wish } = two[0]!
    const granted: ApprovalItem = {
      ...two[0]!,
      quote: {
        ...wish,
        issuedBy: userId(1),
        approval: 'granted',
        decidedBy: userId(3),
        decidedAt: Date.now(),
        decisionReason: '老客户 for years',
      },
      decider: named(3),
    }
    await stand.happens(() => stand.bridge.setApprovals([], [granted]))
    const strip = within(screen.getAllByRole('banner')[0]!)
    await stand.user.click(
      strip.getByRole('button', {
        name:
          language === 'en'
            ? 'Approved: PX-9 ¥170.00 · Polycarbonate resin PX-9'
            : '已批准：PX-9 ¥170.00 · 聚碳酸酯 PX-9',
      }),
    )
    expect(screen.getByText('老客户 for years')).toBeDefined()
    await stand.user.click(screen.getByRole('button', { name: language === 'en' ? 'Got it' : '知道了' }))
    expect(stand.bridge.asked.at(-1)).toMatchObject({ name: 'quote.seen', args: { quoteId: wish.id } })
    expect(strip.queryByRole('button', { name: /PX-9/ })).toBeNull()
    stand.unmount()
  }
})

test.each([
  ['en', 'Polycarbonate resin PX-9'],
  ['zh', '聚碳酸酯 PX-9'],
] as const)(
  'in %s the product of a price to decide is called %s, in the list and beside it',
  async (language, name) => {
    const stand = await asSupervisor(language)
    await stand.user.keyboard('{Alt>}i{/Alt}')
    const list = await screen.findByRole('listbox', {}, { timeout: 10_000 })
    for (const option of within(list).getAllByRole('option')) expect(option.textContent).toContain(name)
    expect(screen.getByRole('heading', { level: 3 }).textContent).toBe(`PX-9 · ${name}`)
  },
)
