import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { keptRevision } from '../../../domain/interaction-revisions.ts'
import { businessRecord, customers } from '../../support/recorded/records.ts'
import { interaction, MINUTE, userId } from '../../support/recorded/rows.ts'
import { openWindow } from './stand.tsx'

const open = async (language: 'en' | 'zh' = 'en') => {
  const stand = await openWindow(language)
  const now = Date.now()
  const first = interaction(customers.liWei.id, now - 50 * MINUTE, userId(1), 'Wants the blue one.')
  const mine = {
    ...first,
    note: 'Wants the green one.',
    revision: 2,
    revisedBy: userId(1),
    revisedAt: now - 5 * MINUTE,
  }
  const theirs = {
    ...interaction(customers.liWei.id, now - 90 * MINUTE, userId(2), 'Asked for a discount.'),
    additions: [{ by: userId(3), at: now - 80 * MINUTE, text: 'None before spring.' }],
  }
  const record = businessRecord(now)
  await stand.happens(() => {
    stand.bridge.setRevisions([{ ...keptRevision(first), version: 1 }])
    stand.bridge.setRecord({
      ...record,
      timeline: {
        entries: [mine, theirs].map((row) => ({ kind: 'interaction' as const, at: row.startedAt, row })),
        before: null,
      },
    })
    stand.bridge.ring('business')
  })
  return { ...stand, line: (text: string) => within(screen.getByText(text).closest('li')!) }
}

test('a note says that it was edited, by whom, and its earlier texts can be read, in both languages', async () => {
  for (const [language, edited] of [
    ['en', /edited by Wang Min, .* · 2 versions/],
    ['zh', /王敏.* 修改过 · 共 2 个版本/],
  ] as const) {
    const stand = await open(language)
    const line = stand.line('Wants the green one.')
    await stand.user.click(line.getByRole('button', { name: edited }))
    expect(await line.findByText('Wants the blue one.')).toBeDefined()
    stand.unmount()
  }
})

test('agents edit their own note, and add to a colleague’s under their own name', async () => {
  const stand = await open()
  const own = stand.line('Wants the green one.')
  await stand.user.click(own.getByRole('button', { name: 'Edit note' }))
  await stand.user.keyboard(' By Friday.')
  await stand.user.click(own.getByRole('button', { name: 'Save' }))
  expect(stand.bridge.asked.at(-1)).toMatchObject({
    name: 'interaction.revise',
    args: { baseRevision: 2, note: 'Wants the green one. By Friday.' },
  })
  const theirs = stand.line('Asked for a discount.')
  expect(theirs.getByText(/None before spring\./).textContent).toContain('Sarah Keller')
  expect(theirs.queryByRole('button', { name: 'Edit note' })).toBeNull()
  await stand.user.click(theirs.getByRole('button', { name: 'Add to note' }))
  await stand.user.keyboard('Asked again today.')
  await stand.user.click(theirs.getByRole('button', { name: 'Save' }))
  expect(stand.bridge.asked.at(-1)).toMatchObject({ name: 'interaction.add', args: { text: 'Asked again today.' } })
})
