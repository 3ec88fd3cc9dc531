import { styled } from '@mui/material/styles'
import { narrowWindow, wideWindow } from '../../app/window-sizes.ts'

/** The record in the middle and the panel on the right; nothing in it moves when new data arrives. */
export const WorkFrame = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) 324px',
  gridTemplateRows: 'minmax(0, 1fr)',
  height: '100%',
  minHeight: 0,
  [narrowWindow]: { gridTemplateColumns: 'minmax(0, 1fr) 264px' },
  [wideWindow]: { gridTemplateColumns: 'minmax(0, 1fr) 440px' },
  '& > .asking': { minHeight: 0, overflowY: 'auto' },
})
