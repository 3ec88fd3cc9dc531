import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { userId } from '../../support/recorded/rows.ts'
import { chooseReasonAndOutcome, openWindow } from './stand.tsx'

const note = (): HTMLTextAreaElement => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' })

test('the key of an open form moves into it, and what is typed then is not in the note', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{Alt>}a{/Alt}never{F6}a note{Alt>}a{/Alt} before 10')
  expect(note().value).toBe('a note')
  expect(screen.getByRole('textbox', { name: 'How they like it' })).toHaveProperty('value', 'never before 10')
  await user.keyboard('{F6}{F7}PX')
  await user.keyboard('{F6}{F7}-9')
  expect(note().value).toBe('a note')
  expect(screen.getByRole('combobox', { name: /product/ })).toHaveProperty('value', 'PX-9')
})

test('a logged complaint goes on to quality, and the screen says so only where it has', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{Alt>}l{/Alt}Two bags short{Enter}')
  expect(await screen.findByText('Complaint logged. Quality has been informed.')).toBeTruthy()
  const [logged, informed, ...more] = bridge.asked.filter((a) => a.verb === 'run')
  expect(logged).toMatchObject({ name: 'complaint.log', args: { subject: 'Two bags short' } })
  expect(informed).toMatchObject({
    name: 'complaint.advance',
    args: { complaintId: (logged!.args as { complaintId: string }).complaintId, from: 'logged', to: 'informed' },
  })
  expect(more).toEqual([])
  bridge.failWith('complaint.advance', { code: 'CENTER_BUSY', params: { seconds: 2 } })
  await user.keyboard('{Alt>}l{/Alt}And one torn{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('The server is busy')
  expect(screen.queryByText(/Quality has been informed/)).toBeNull()
})

test('the user who holds a complaint’s next step takes it in the record with their text, and others see who holds it', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.click(screen.getByRole('tab', { name: /Complaints/ }))
  const row = screen.getByRole('row', { name: /C-1042/ })
  expect(within(row).queryByRole('button', { name: 'Enter the cause' })).toBeNull()
  expect(row.textContent).toContain('Enter the cause: Quality · Sarah Keller')
  await happens(() => bridge.setComplaintStep('C-1042', 'confirmed', 'sales'))
  await user.click(await screen.findByRole('button', { name: 'Mark as told and close' }))
  const form = screen.getByRole('form', { name: /C-1042/ })
  expect(form.textContent).toContain('Three bags smell of solvent')
  expect(form.textContent).toContain('88120')
  // Closing the complaint needs the text of what the customer was told; neither Enter nor the button closes it without.
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(within(form).getByRole('button', { name: 'Save step' }).hasAttribute('disabled')).toBe(true)
  expect(bridge.asked.some((a) => a.name === 'complaint.advance')).toBe(false)
  await user.type(within(form).getByRole('textbox', { name: /What you told/ }), 'Three new bags go out today.')
  await user.click(within(form).getByRole('button', { name: 'Save step' }))
  expect(bridge.asked.at(-1)).toMatchObject({
    name: 'complaint.advance',
    args: { from: 'confirmed', to: 'told', comment: 'Three new bags go out today.' },
  })
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  expect(bridge.asked.at(-1)).toMatchObject({ name: 'complaint.takeBack', args: { step: 'told' } })
})

const keller = {
  userId: userId(3),
  login: 'keller',
  displayName: 'Sarah Keller',
  role: 'supervisor' as const,
  team: 'support',
  extension: '2003',
  scopes: ['org'],
}

test('a supervisor, or a member of the department, takes its step with what was found, and typed text is kept', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => {
    bridge.setSession({ identity: keller })
    bridge.ring('business')
    bridge.setComplaintStep('C-1042', 'informed', 'quality')
  })
  await user.click(screen.getByRole('tab', { name: /Complaints/ }))
  await user.click(await screen.findByRole('button', { name: 'Assign a department' }))
  await user.selectOptions(screen.getByRole('combobox', { name: 'Responsible department' }), 'Purchasing')
  await user.click(screen.getByRole('tab', { name: /Quotes/ }))
  await user.click(screen.getByRole('tab', { name: /Complaints/ }))
  await user.click(await screen.findByRole('button', { name: 'Assign a department' }))
  await user.click(screen.getByRole('button', { name: 'Save step' }))
  expect(bridge.asked.at(-1)).toMatchObject({
    name: 'complaint.advance',
    args: { from: 'informed', to: 'assigned', department: 'purchasing' },
  })

  await happens(() => {
    bridge.setSession({ identity: { ...keller, role: 'agent', team: 'purchasing' } })
    bridge.setComplaintStep('C-1042', 'assigned', 'purchasing')
  })
  await user.click(await screen.findByRole('button', { name: 'Enter the cause' }))
  expect(screen.getByRole('button', { name: 'Save step' }).hasAttribute('disabled')).toBe(true)
  await user.keyboard('solvent in the bags of lot 12')
  await user.click(screen.getByRole('button', { name: 'Save step' }))
  expect(bridge.asked.at(-1)).toMatchObject({
    args: { to: 'investigated', department: null, comment: 'solvent in the bags of lot 12' },
  })
})

test('one key moves from the note into the view, Tab reaches its first row, and Enter there takes no step', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await happens(() => bridge.setComplaintStep('C-1042', 'confirmed', 'sales'))
  await user.keyboard('{F6}a note{Alt>}.{/Alt}{Alt>}.{/Alt}{Alt>}.{/Alt}{Alt>}.{/Alt}{Alt>}v{/Alt}')
  expect(document.activeElement).toBe(screen.getByRole('tabpanel', { name: /Complaints/ }))
  await screen.findByRole('button', { name: 'Mark as told and close' })
  await user.keyboard('{Tab}{Enter}')
  expect(document.activeElement?.textContent).toBe('Benzene smell in moulding')
  expect(screen.getByText(/Three bags smell of solvent/)).toBeDefined()
  await user.keyboard('{Tab}{Enter}')
  expect(await screen.findByRole('form', { name: /C-1042/ })).toBeDefined()
  expect(bridge.asked.some((a) => a.name === 'complaint.advance')).toBe(false)
  expect(note().value).toBe('a note')
})

test('without the server a call is wrapped up by pressing twice, because no telephone system tells when it ends', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F2}{F6}All said.')
  await chooseReasonAndOutcome(user)
  await happens(() => bridge.setSync({ link: 'offline' }))
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(screen.getByRole('alert').textContent).toContain('press Ctrl+Enter again')
  // The second of two quick presses cannot answer a warning that nobody can have read yet.
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(bridge.asked.some((a) => a.name === 'desk.wrapUp')).toBe(false)
  await new Promise((resolve) => {
    setTimeout(resolve, 600)
  })
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(bridge.asked.at(-1)?.name).toBe('desk.wrapUp'))
})

test('a transferred call says who got it, and its outcome is filled in', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.keyboard('{F2}{F8}zhang{Enter}')
  expect(await screen.findByText(/^Transferred to Zhang Lei/)).toBeTruthy()
  expect(screen.getByRole('combobox', { name: 'Outcome' })).toHaveProperty('value', 'forwarded')
})

test('a transfer does not change an outcome that the agent has chosen', async () => {
  const { bridge, happens, user } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await user.selectOptions(screen.getByRole('combobox', { name: 'Outcome' }), 'resolved')
  await user.keyboard('{F2}{F8}zhang{Enter}')
  expect(await screen.findByText(/^Transferred to Zhang Lei/)).toBeTruthy()
  expect(screen.getByRole('combobox', { name: 'Outcome' })).toHaveProperty('value', 'resolved')
})

test('without the server the screen says that a complaint is kept here, and not that quality has been informed', async () => {
  const { user, bridge, happens } = await openWindow()
  await happens(() => void bridge.ring('business'))
  await happens(() => bridge.setSync({ link: 'offline', unsent: 2 }))
  await user.keyboard('{F2}{Alt>}l{/Alt}One torn{Enter}')
  expect(await screen.findByText('Saved here. It is sent when the server is back online.')).toBeTruthy()
  expect(screen.queryByText(/Quality has been informed/)).toBeNull()
})
