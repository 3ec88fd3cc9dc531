import { expect, test } from 'vitest'
import { sessionActions, type SessionActionsOptions } from '../../../main/services/session-actions.ts'

/** The dial action over a link that records what would go to the server. */
function dialling(country: string | null) {
  const asked: unknown[] = []
  const link = {
    request: async (_name: string, args: unknown) => {
      asked.push(args)
      return { ok: true, value: null }
    },
  }
  const actions = sessionActions({ link, session: { place: () => ({ country }) } } as unknown as SessionActionsOptions)
  return { asked, dial: (number: string) => actions['call.control']({ action: 'dial', number }) }
}

test.each([
  ['138 0013 8000', '+8613800138000'],
  ['\u202a+86 138-0013-8000\u202c', '+8613800138000'],
  ['tel:010-62551234;ext=12', '+861062551234'],
  ['8001', '8001'],
  ['１００８６', '10086'],
])('%j goes to the server as %s', async (written, number) => {
  const { asked, dial } = dialling('CN')
  expect(await dial(written)).toMatchObject({ ok: true })
  expect(asked).toEqual([{ action: 'dial', number }])
})

test.each(['123\r\nAction: Originate', '*21*13900139000#', 'Local/8001@internal', 'anonymous', '+5215512345678'])(
  '%j is refused with a reason, and nothing goes to the server',
  async (written) => {
    const { asked, dial } = dialling('CN')
    expect(await dial(written)).toMatchObject({ ok: false, error: { code: 'NUMBER_UNUSABLE' } })
    expect(asked).toEqual([])
  },
)
