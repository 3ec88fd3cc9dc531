import { styled } from '@mui/material/styles'

export type Meaning = 'error' | 'warning' | 'success' | 'plain'

/** A state in a word; its colour only repeats what the word says. */
export const State = styled('span', { shouldForwardProp: (prop) => prop !== 'meaning' })<{ meaning: Meaning }>(({ theme, meaning }) => ({
  display: 'inline-block', padding: '0 4px', borderRadius: 3, fontSize: 12, lineHeight: '18px', whiteSpace: 'nowrap',
  ...(meaning === 'plain'
    ? { color: theme.vars.palette.text.secondary, backgroundColor: theme.vars.palette.action.selected }
    : { color: theme.vars.palette[meaning].main, backgroundColor: theme.vars.palette[meaning].light }),
}))
