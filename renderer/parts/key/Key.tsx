import { styled } from '@mui/material/styles'
import { keys, type KeyName } from '../../app/keys.ts'

export const Cap = styled('kbd')(({ theme }) => ({
  font: 'inherit', fontSize: 11, lineHeight: '14px', padding: '0 4px', borderRadius: 3, whiteSpace: 'nowrap',
  border: `1px solid ${theme.vars.palette.divider}`, backgroundColor: theme.vars.palette.background.paper, color: theme.vars.palette.text.secondary,
}))

/** The key of an action, shown where it acts; readers get it from `aria-keyshortcuts` instead. */
export function Key({ of }: { of: KeyName }) {
  return <Cap aria-hidden="true">{keys[of]}</Cap>
}

/** The same for a reader: "Alt+C" is "Alt+C", "Ctrl+K" is "Control+K". */
export const shortcut = (of: KeyName): string => keys[of].replace('Ctrl', 'Control')
