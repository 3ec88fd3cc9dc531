import IconButton from '@mui/material/IconButton'
import { styled } from '@mui/material/styles'
import type { ReactNode } from 'react'
import { useWords } from '../../i18n/use-words.ts'
import { Form } from '../form/Form.tsx'
import { Icon } from '../icon/Icon.tsx'

const Frame = styled(Form)(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr)',
  gap: 10,
  padding: 8,
  borderRadius: 4,
  border: `1px solid ${theme.vars.palette.divider}`,
  backgroundColor: theme.vars.palette.background.default,
  '& h3': {
    margin: 0,
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    fontSize: 13,
    lineHeight: '20px',
  },
  '& .pair': { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gap: 8 },
}))

/** A small form inside the panel; Escape closes it and keeps what is in it. */
export function FormFrame({
  title,
  onSubmit,
  onClose,
  children,
}: {
  title: string
  onSubmit: () => unknown
  onClose: () => void
  children: ReactNode
}) {
  const { say } = useWords()
  return (
    <Frame
      aria-label={title}
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.stopPropagation()
          onClose()
        }
      }}
    >
      <h3>
        {title}
        <IconButton size="small" aria-label={say('shell/close')} onClick={onClose} sx={{ p: 0.5 }}>
          <Icon name="close" size={12} />
        </IconButton>
      </h3>
      {children}
    </Frame>
  )
}
