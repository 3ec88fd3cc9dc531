import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { customers } from '../../support/recorded/records.ts'
import { chooseReasonAndOutcome, openWindow } from './stand.tsx'

const named = (asked: readonly { name: string; args: unknown }[], name: string) =>
  asked.filter((a) => a.name === name).map((a) => a.args)
const note = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' })

describe('with several possible callers', () => {
  test('one key goes from the note to the candidates, where a digit picks; the hint says what works now', async () => {
    const { bridge, happens, user } = await openWindow()
    await happens(() => void bridge.ring('several'))
    expect(screen.getByText(/^Press the number beside/)).toBeTruthy()
    await user.keyboard('{F6}2 pieces')
    expect(screen.getByText('Press Alt+W, then the number beside the name.')).toBeTruthy()
    await user.keyboard('{Alt>}w{/Alt}')
    expect(screen.getByText(/^Press the number beside/)).toBeTruthy()
    await user.keyboard('2')
    expect(named(bridge.asked, 'desk.pick')).toEqual([
      { callId: 'call-several', customerId: customers.wangQiang.id, once: false },
    ])
    expect(note().value).toBe('2 pieces')
  })

  test('the same key goes on to the search, and from the search back to the candidates', async () => {
    const { bridge, happens, user } = await openWindow()
    await happens(() => void bridge.ring('several'))
    await user.keyboard('{Alt>}w{/Alt}{Alt>}w{/Alt}')
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: /number/ }))
    await user.keyboard('1')
    expect(named(bridge.asked, 'desk.pick')).toEqual([])
    await user.keyboard('{Alt>}w{/Alt}1')
    expect(named(bridge.asked, 'desk.pick')).toEqual([
      { callId: 'call-several', customerId: customers.wangFang.id, once: false },
    ])
  })

  test('a wrap-up stops until one of them, or none of them, is chosen', async () => {
    const { bridge, happens, user } = await openWindow()
    await happens(() => void bridge.ring('several'))
    await happens(() => bridge.endCall('call-several'))
    await user.keyboard('{F6}asked for the price{Control>}{Enter}{/Control}')
    expect((await screen.findByRole('alert')).textContent).toContain('Choose the caller')
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(named(bridge.asked, 'desk.wrapUp')).toEqual([])
    await user.keyboard('{Alt>}w{/Alt}0')
    expect(screen.getByRole('form', { name: 'New customer' })).toBeTruthy()
    await chooseReasonAndOutcome(user)
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() =>
      expect(named(bridge.asked, 'desk.wrapUp')).toEqual([{ key: 'call-several', leaveForms: false }]),
    )
  })
})

describe('a new customer is created', () => {
  test.each([
    ['unknown', '+86 151 1234 5678'],
    ['several', '+86 20 8555 0142'],
    ['withheld', ''],
  ] as const)('in a call that is %s, with one key, and with the number where there is one', async (caller, number) => {
    const { bridge, happens, user } = await openWindow()
    await happens(() => void bridge.ring(caller))
    await user.keyboard('{F6}new here{Alt>}k{/Alt}Chen Jie')
    expect(screen.getByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'Chen Jie')
    expect(screen.getByRole('textbox', { name: 'Number' })).toHaveProperty('value', number)
    await user.keyboard('{Enter}')
    await waitFor(() => expect(named(bridge.asked, 'desk.capture')).toEqual([{ key: `call-${caller}` }]))
    const saved = named(bridge.asked, 'draft.save') as {
      content: { capture: { name: string; phone: string } | null }
    }[]
    expect(saved.findLast(({ content }) => content.capture !== null)?.content.capture).toMatchObject({
      name: 'Chen Jie',
      phone: number,
    })
    expect(note().value).toBe('new here')
  })

  test('with a button beside the search for a withheld caller', async () => {
    const { bridge, happens, user } = await openWindow()
    await happens(() => void bridge.ring('withheld'))
    await user.click(screen.getByRole('button', { name: 'New customer' }))
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' }))
  })

  test('and a half-filled form is not thrown away by the wrap-up', async () => {
    const { bridge, happens, user } = await openWindow()
    await happens(() => void bridge.ring('unknown'))
    await happens(() => bridge.endCall('call-unknown'))
    await user.type(screen.getByRole('textbox', { name: 'Company' }), 'Huaxin Trading')
    await chooseReasonAndOutcome(user)
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect((await screen.findByRole('alert')).textContent).toContain('new customer')
    expect(named(bridge.asked, 'desk.wrapUp')).toEqual([])
    expect(screen.getByRole('textbox', { name: 'Company' })).toHaveProperty('value', 'Huaxin Trading')
    // Wait, because a second press at once would count as part of the first.
    await new Promise((resolve) => {
      setTimeout(resolve, 600)
    })
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(named(bridge.asked, 'desk.wrapUp')).toEqual([{ key: 'call-unknown', leaveForms: true }]))
  })

  test('and their company is a known one that was chosen, or a new one, and the form says which', async () => {
    const { bridge, happens, user } = await openWindow()
    await happens(() => void bridge.ring('unknown'))
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Chen Jie')
    await user.type(screen.getByRole('textbox', { name: 'Company' }), 'Huaxin')
    expect(await screen.findByText('New company: Huaxin')).toBeTruthy()
    await user.click(await screen.findByRole('button', { name: /^Works for .*Huaxin/ }))
    expect(screen.getByText('Known company')).toBeTruthy()
    await waitFor(() =>
      expect(
        (named(bridge.asked, 'draft.save').at(-1) as { content: { capture: unknown } }).content.capture,
      ).toMatchObject({ name: 'Chen Jie', organisationId: customers.huaxin.id }),
    )
    await user.type(screen.getByRole('textbox', { name: 'Company' }), ' 2')
    expect(screen.queryByText('Known company')).toBeNull()
  })

  test('and Enter twice, or a double click, creates only one', async () => {
    const { bridge, happens, user } = await openWindow()
    await happens(() => void bridge.ring('unknown'))
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Chen Jie')
    const form = screen.getByRole('form', { name: 'New customer' })
    await happens(() => {
      fireEvent.submit(form)
      fireEvent.submit(form)
    })
    expect(named(bridge.asked, 'desk.capture')).toHaveLength(1)
  })
})

describe('without a call', () => {
  test('a new customer is created from the search, with the text typed there, and the tab is theirs afterwards', async () => {
    const { bridge, user } = await openWindow()
    await user.keyboard('{Alt>}s{/Alt}Lin Na')
    await user.click(screen.getByRole('button', { name: 'New customer' }))
    expect(await screen.findByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'Lin Na')
    await user.type(screen.getByRole('textbox', { name: 'City' }), 'Wuhan{Enter}')
    await waitFor(() => expect(named(bridge.asked, 'desk.capture')).toHaveLength(1))
    expect(screen.getByRole('tab', { name: /Lin Na/ })).toBeTruthy()
  })

  test('a new customer is created from the palette, and a half-filled form is there again after a reload', async () => {
    const kept = new Map<string, string>()
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
    }
    const first = await openWindow('en', storage)
    await first.user.keyboard('{Control>}k{/Control}new customer{Enter}')
    await first.user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Lin Na')
    await waitFor(() => expect(JSON.stringify(first.bridge.asked.at(-1))).toContain('Lin Na'))
    first.unmount()
    const second = await openWindow('en', storage, first.bridge)
    await second.user.click(await screen.findByRole('tab', { name: /Lin Na/ }))
    expect(await screen.findByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'Lin Na')
  })

  test('the customer on the screen is edited from the palette', async () => {
    const { bridge, happens, user } = await openWindow()
    await happens(() => void bridge.ring('business'))
    await user.keyboard('{Control>}k{/Control}edit customer{Enter}')
    expect(await screen.findByRole('form', { name: 'Customer data' }, { timeout: 15_000 })).toBeTruthy()
  })
})
