import type { Page } from '@playwright/test'
import type { ApprovalItem } from '../../../protocol/workstation.ts'
import { candidate } from '../recorded/calls.ts'
import { customers } from '../recorded/records.ts'
import { colleagues, MINUTE, products, quote, userId } from '../recorded/rows.ts'

/** Brings a fresh page into one state. */
export type Scene = (page: Page) => Promise<void>
const ring =
  (caller: string, fields: object = {}): Scene =>
  async (page) => {
    await page.evaluate(([who, what]) => void window.recorded.ring(who as 'business', what), [caller, fields] as const)
    await page.waitForTimeout(300)
  }
const then =
  (...steps: readonly Scene[]): Scene =>
  async (page) => {
    for (const step of steps) await step(page)
  }
const press =
  (...keys: readonly string[]): Scene =>
  async (page) => {
    for (const key of keys) await page.keyboard.press(key)
    await page.waitForTimeout(150)
  }
const type =
  (text: string): Scene =>
  async (page) => {
    await page.keyboard.type(text, { delay: 2 })
    await page.waitForTimeout(400)
  }
const personOf = (n: number): ApprovalItem['asker'] => {
  const { userId: id, displayName, nativeName } = colleagues.find((one) => one.userId === userId(n))!
  return { userId: id, displayName, nativeName }
}
/** A price below the floor that an agent asked for. */
function askedPrice(approval: 'needed' | 'granted'): ApprovalItem {
  const { reasons: _, ...customer } = candidate(customers.liWei, [])
  const at = Date.now() - 38 * MINUTE
  const decision =
    approval === 'granted'
      ? { decidedBy: userId(3), decidedAt: Date.now() - MINUTE, decisionReason: 'A good customer for six years.' }
      : {}
  return {
    quote: {
      ...quote(customers.liWei.id, 'Q-400', userId(2), at, 17_000, 'issued'),
      approval,
      askedAt: at,
      ...decision,
    },
    customer,
    asker: personOf(2),
    decider: null,
    products: products.map(({ id, name, nativeName }) => ({ id, name, nativeName })),
  }
}
const asSupervisor: Scene = async (page) => {
  await page.evaluate(
    (items) => {
      window.recorded.setSession({
        identity: {
          userId: '01910000-0000-7000-8000-000000000003' as never,
          login: 'keller',
          displayName: 'Sarah Keller',
          role: 'supervisor',
          team: 'support',
          extension: '2003',
          scopes: ['org'],
        },
      })
      window.recorded.setApprovals(items)
    },
    [askedPrice('needed'), { ...askedPrice('needed'), quote: { ...askedPrice('needed').quote, number: 'Q-401' } }],
  )
}
const talking = then(ring('business'), press('F2'))

/** Every state of the screens that is worth looking at, by name. */
export const scenes: Record<string, Scene> = {
  idle: async () => {},
  ringing: ring('business'),
  'while-typing': then(talking, press('F6'), type('Asked where 88121 is. Customer'), ring('guest')),
  several: ring('several'),
  unknown: ring('unknown'),
  withheld: ring('withheld'),
  inexact: then(ring('inexact'), press('Alt+o')),
  hotel: ring('guest'),
  organisation: then(ring('business'), press('Alt+g')),
  price: then(talking, press('F7'), type('PX-9'), press('Enter'), type('169')),
  'wrap-up': then(
    talking,
    press('F6'),
    type('承诺周五前回电确认交期。'),
    press('Tab', 'Tab', 'Tab', 'Tab'),
    type('tomorrow 10:00'),
    press('F9'),
  ),
  'none-of-them': then(ring('several'), press('0'), type('Chen Jie'), press('Tab', 'Tab'), type('Huaxin')),
  'new-customer': then(press('Alt+k'), type('Lin Na')),
  'withheld-new': then(ring('withheld'), press('Alt+k'), type('Lin')),
  edit: then(talking, press('Alt+j'), async (page) => {
    await page
      .getByRole('form', { name: /^(Customer data|客户资料)$/ })
      .getByRole('textbox', { name: /^(City|城市)$/ })
      .fill('Guangzhou')
    await page.evaluate(() =>
      window.recorded.changeCustomer('01910000-0000-7000-8000-000000000101' as never, { city: 'Wuhan' }),
    )
  }),
  'too-long': then(talking, press('F6'), async (page) =>
    page.getByRole('textbox', { name: /^(Note|备注)/ }).fill('long '.repeat(4200)),
  ),
  matters: then(ring('business'), press('Alt+m')),
  preference: then(talking, press('Alt+a')),
  'ended-and-live': then(
    talking,
    press('F9', 'F6'),
    type('Asked where it is'),
    ring('guest'),
    press('F4', 'F2', 'Alt+1'),
  ),
  transfer: then(talking, press('F8')),
  orders: then(ring('business'), press('Alt+.')),
  finance: then(ring('business'), press('Alt+.', 'Alt+.')),
  quotes: then(ring('business'), press('Alt+.', 'Alt+.', 'Alt+.')),
  palette: then(ring('business'), press('Control+k'), type('wang')),
  search: then(press('Alt+s'), type('王')),
  'complaint-step': then(
    async (page) =>
      page.evaluate(() => {
        window.recorded.setSession({
          identity: {
            userId: '01910000-0000-7000-8000-000000000003' as never,
            login: 'keller',
            displayName: 'Sarah Keller',
            role: 'supervisor',
            team: 'support',
            extension: '2003',
            scopes: ['org'],
          },
        })
        window.recorded.setComplaintStep('C-1042', 'informed', 'quality')
      }),
    ring('business'),
    press('Alt+.', 'Alt+.', 'Alt+.', 'Alt+.', 'Alt+v', 'Tab', 'Tab', 'Enter'),
  ),
  'two-calls': then(talking, ring('guest')),
  held: then(talking, press('F3')),
  'talking-and-held': then(talking, ring('guest'), press('F4', 'F2')),
  'wrap-up-unchosen': then(talking, press('F6'), type('Asked where it is.'), press('F9', 'Control+Enter')),
  'scrolled-note': then(
    talking,
    press('F6'),
    type(Array.from({ length: 12 }, (_, n) => `Line ${n + 1} of what was said on the telephone`).join('\n')),
  ),
  'transfer-back': then(
    ring('business', {
      revision: 9,
      offeredAt: Date.now() - 49_000,
      givenTo: { extension: '2002', userId: userId(2), state: 'back', why: 'notAnswered' },
    }),
    press('F6'),
    type('asks about the lamp'),
  ),
  'found-quote': then(ring('business'), press('Control+k'), type('Q-310'), press('Enter')),
  approvals: then(asSupervisor, press('Alt+i')),
  'approval-refuse': then(
    asSupervisor,
    press('Alt+i'),
    async (page) => page.waitForTimeout(400),
    press('r'),
    type('Below what it costs'),
  ),
  decided: then(talking, async (page) =>
    page.evaluate(
      (items) => window.recorded.setApprovals([], items as never),
      [{ ...askedPrice('granted'), decider: personOf(3) }],
    ),
  ),
  callbacks: press('Alt+b'),
  complaints: press('Alt+p'),
  help: press('F1'),
  state: press('Alt+z'),
  offline: then(
    talking,
    async (page) => {
      await page.evaluate(() =>
        window.recorded.setSync({ link: 'offline', unsent: 3, needsAttention: 1, reachedAt: Date.now() - 25 * 60_000 }),
      )
    },
    press('Alt+u'),
  ),
  change: then(
    talking,
    async (page) => {
      await page.evaluate(() => window.recorded.setSync({ unsent: 3, needsAttention: 1 }))
    },
    press('Alt+u'),
    async (page) => page.getByRole('button', { name: /^(Change|修改)$/ }).click(),
  ),
  erase: then(
    async (page) =>
      page.evaluate(() =>
        window.recorded.setSession({
          identity: {
            userId: '01910000-0000-7000-8000-000000000001' as never,
            login: 'keller',
            displayName: 'Sarah Keller',
            role: 'supervisor',
            team: 'support',
            extension: '2009',
            scopes: ['finance', 'org'],
          },
        }),
      ),
    ring('business'),
    press('F2'),
    async (page) => page.getByRole('button', { name: /^(Erase|彻底删除)/ }).click(),
    type('Asked for it in writing'),
  ),
  'core-gone': then(
    talking,
    async (page) => page.evaluate(() => window.recorded.setConnection('gone')),
    press('F6'),
    type('Will send the'),
  ),
  setup: async (page) =>
    page.evaluate(() => window.recorded.setSync({ setup: { doneBytes: 120_000_000, totalBytes: 480_000_000 } })),
  'sign-in': async (page) => page.evaluate(() => window.recorded.setSession({ identity: null })),
}
