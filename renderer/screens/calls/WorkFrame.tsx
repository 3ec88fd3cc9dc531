import { styled } from '@mui/material/styles'

/** The record in the middle and the panel on the right; nothing in it moves when something arrives. */
export const WorkFrame = styled('div')({
  display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 324px', height: '100%', minHeight: 0,
  // Half of the height is the views', whatever stands above them.
  '& > .record': { display: 'grid', gridTemplateRows: 'minmax(0, max-content) minmax(50%, 1fr)', minHeight: 0 },
  '& > .record > .above': { display: 'flex', flexDirection: 'column', minHeight: 0, overflowY: 'auto' },
  '& > .record > .above > *': { flexShrink: 0 },
  '& > .asking': { minHeight: 0, overflowY: 'auto' },
})
