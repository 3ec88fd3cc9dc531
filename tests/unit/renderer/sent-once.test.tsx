import { fireEvent, screen, waitFor } from '@testing-library/react'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openWindow, type Stand } from './stand.tsx'

/** Every form that creates something: how it is opened and filled in, and what it must send only once. */
const forms: readonly {
  readonly name: string
  readonly fill: (stand: Stand) => Promise<void>
  readonly makes: string
  readonly id: string | null
}[] = [
  {
    name: 'a quote',
    makes: 'quote.issue',
    id: 'quoteId',
    fill: async ({ bridge, happens, user }) => {
      await happens(() => void bridge.ring('business'))
      await user.keyboard('{F7}PX-9')
      await screen.findByRole('option', { name: /PX-9/ })
      await user.keyboard('{Enter}')
      await user.type(await screen.findByRole('textbox', { name: /Price/ }), '182')
      await waitFor(() => expect(screen.getByRole('button', { name: /182\.00$/ })).toBeTruthy())
    },
  },
  {
    name: 'a complaint',
    makes: 'complaint.log',
    id: 'complaintId',
    fill: async ({ bridge, happens, user }) => {
      await happens(() => void bridge.ring('business'))
      await user.keyboard('{Alt>}l{/Alt}Two bags short')
    },
  },
  {
    name: 'a preference',
    makes: 'preference.set',
    id: 'preferenceId',
    fill: async ({ bridge, happens, user }) => {
      await happens(() => void bridge.ring('business'))
      await user.keyboard('{Alt>}a{/Alt}never before ten')
    },
  },
  {
    name: 'a new customer in a call',
    makes: 'desk.capture',
    id: null,
    fill: async ({ bridge, happens, user }) => {
      await happens(() => void bridge.ring('unknown'))
      await user.keyboard('{Alt>}k{/Alt}Chen Jie')
    },
  },
  {
    name: 'a new customer without a call',
    makes: 'desk.capture',
    id: null,
    fill: async ({ user }) => {
      await user.keyboard('{Alt>}k{/Alt}')
      await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Chen Jie')
    },
  },
  {
    name: 'a number that is added',
    makes: 'contactPoint.add',
    id: 'contactPointId',
    fill: async ({ bridge, happens, user }) => {
      await happens(() => void bridge.ring('business'))
      await user.keyboard('{Alt>}j{/Alt}')
      await user.type(screen.getByRole('textbox', { name: 'New number' }), '138 0013 8000')
    },
  },
]

describe.each(forms)('$name', ({ fill, makes, id }) => {
  test('is created once, however often Enter is pressed while it is saved', async () => {
    const stand = await openWindow()
    await fill(stand)
    const form = (document.activeElement as HTMLInputElement).form!
    await stand.happens(() => {
      fireEvent.submit(form)
      fireEvent.submit(form)
      fireEvent.submit(form)
    })
    await waitFor(() => expect(stand.bridge.asked.filter((a) => a.name === makes)).toHaveLength(1))
  })

  test('says that it is busy while it is saved, and its button does nothing', async () => {
    const stand = await openWindow()
    await fill(stand)
    const form = (document.activeElement as HTMLInputElement).form!
    const button = form.querySelector<HTMLButtonElement>('button[type=submit]')!
    fireEvent.submit(form)
    expect([form.getAttribute('aria-busy'), button.disabled]).toEqual(['true', true])
    await stand.happens(() => {})
  })

  if (id === null) return
  test('that could not be saved keeps its id, so that the next attempt creates no second one', async () => {
    const stand = await openWindow()
    await fill(stand)
    const form = (document.activeElement as HTMLInputElement).form!
    const ids = (): unknown[] =>
      stand.bridge.asked.filter((a) => a.name === makes).map(({ args }) => (args as Record<string, unknown>)[id])
    stand.bridge.failWith(makes, { code: 'CORE_GONE', params: {} })
    await stand.happens(() => {
      fireEvent.submit(form)
    })
    stand.bridge.failWith(makes, null)
    await stand.happens(() => {
      fireEvent.submit(form)
    })
    await waitFor(() => expect(ids()).toHaveLength(2))
    expect(new Set(ids()).size).toBe(1)
  })
})

test('the next one has a new id', async () => {
  const stand = await openWindow()
  await stand.happens(() => void stand.bridge.ring('business'))
  for (const subject of ['Two bags short', 'One torn']) {
    await stand.user.keyboard(`{Alt>}l{/Alt}${subject}{Enter}`)
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'What is wrong' })).toBeNull())
  }
  const ids = stand.bridge.asked
    .filter((a) => a.name === 'complaint.log')
    .map(({ args }) => (args as { complaintId: string }).complaintId)
  expect(new Set(ids).size).toBe(2)
})

test('every form of the screens uses the component that sends once', () => {
  const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'))
  const own = files.filter((file) => /<form\b|styled\('form'\)/.test(readFileSync(`renderer/${file}`, 'utf8')))
  expect(own).toEqual(['parts/form/Form.tsx'])
})
