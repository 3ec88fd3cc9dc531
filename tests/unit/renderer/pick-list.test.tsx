import { ThemeProvider } from '@mui/material/styles'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { theme } from '../../../renderer/app/theme.ts'
import { PickList } from '../../../renderer/parts/pick-list/PickList.tsx'

const list = (names: readonly string[], pending: boolean, onPick: (key: string) => void) => (
  <ThemeProvider theme={theme}>
    <PickList
      label="Find"
      text="10001"
      onText={() => {}}
      items={names.map((key) => ({ key, content: key }))}
      onPick={onPick}
      autoFocus
      pending={pending}
    />
  </ThemeProvider>
)

test('Enter that is pressed before the list fits the text takes the first item of the right list, not of the old one', async () => {
  const picked = vi.fn<(key: string) => void>()
  const { rerender } = render(list(['old'], true, picked))
  await userEvent.setup().keyboard('{Enter}')
  expect(picked).not.toHaveBeenCalled()
  rerender(list(['right', 'other'], false, picked))
  expect(picked.mock.calls).toEqual([['right']])
  rerender(list(['later'], false, picked))
  expect(picked).toHaveBeenCalledTimes(1)
  expect(screen.getByRole('combobox', { name: 'Find' })).toBeDefined()
})
