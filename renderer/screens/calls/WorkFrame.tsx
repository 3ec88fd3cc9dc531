import { styled } from '@mui/material/styles'

/** The record in the middle and the panel on the right; nothing in it moves when something arrives. */
export const WorkFrame = styled('div')({
  display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 324px', height: '100%', minHeight: 0,
  '& > .record': { display: 'grid', gridTemplateRows: 'auto auto auto minmax(0, 1fr)', minHeight: 0 },
  '& > .asking': { minHeight: 0, overflowY: 'auto' },
})
