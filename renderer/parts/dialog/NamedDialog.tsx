import Dialog from '@mui/material/Dialog'
import type { ReactNode } from 'react'
import { FailureFence } from '../../app/FailureFence.tsx'

/**
 * A dialog that the user opened, with a name for screen readers; with `high` it is placed below the strip. Escape
 * closes it.
 */
export function NamedDialog({ label, width, high = false, onClose, children }: {
  label: string
  width: number
  high?: boolean
  onClose: () => void
  children: ReactNode
}) {
  return (
    <Dialog
      open onClose={onClose}
      slotProps={{ paper: { 'aria-label': label, sx: { p: 4, width, maxWidth: '90vw', ...(high ? { position: 'absolute', top: 40, m: 0 } : {}) } } }}
    >
      <FailureFence part="dialog" name={label}>{children}</FailureFence>
    </Dialog>
  )
}
