import Dialog from '@mui/material/Dialog'
import type { ReactNode } from 'react'
import { FailureFence } from '../../app/FailureFence.tsx'
import { narrowWindow } from '../../app/window-sizes.ts'

/** The strip has two lines in a narrow window. */
const underTheStrip = {
  position: 'absolute',
  top: 48,
  m: 0,
  maxHeight: 'calc(100% - 80px)',
  [narrowWindow]: { top: 84, maxHeight: 'calc(100% - 92px)' },
} as const

/**
 * A dialog that the user opened, with a name for screen readers; with `high` it is placed below the strip. Escape
 * closes it.
 */
export function NamedDialog({
  label,
  width,
  high = false,
  onClose,
  children,
}: {
  label: string
  width: number
  high?: boolean
  onClose: () => void
  children: ReactNode
}) {
  return (
    <Dialog
      open
      onClose={onClose}
      slotProps={{
        paper: { 'aria-label': label, sx: { p: 4, width, maxWidth: '90vw', ...(high ? underTheStrip : {}) } },
      }}
    >
      <FailureFence part="dialog" name={label}>
        {children}
      </FailureFence>
    </Dialog>
  )
}
