import { styled } from '@mui/material/styles'
import type { ReactNode } from 'react'
import type { CustomerRecord } from '../../../protocol/record.ts'
import { FailureFence } from '../../app/FailureFence.tsx'
import { wideWindow } from '../../app/window-sizes.ts'
import { useWords } from '../../i18n/use-words.ts'
import { CustomerData } from '../../parts/record/CustomerData.tsx'
import { OpenMatters } from '../../parts/record/OpenMatters.tsx'
import { RecordHeader } from '../../parts/record/RecordHeader.tsx'
import { RecordViews } from '../../parts/record/RecordViews.tsx'
import { useNow } from '../../parts/time/use-now.ts'

const Record = styled('div')(({ theme }) => ({
  display: 'grid',
  minHeight: 0,
  gridTemplateColumns: 'minmax(0, 1fr)',
  // Half of the height always belongs to the views, whatever is above them.
  gridTemplateRows: 'minmax(0, max-content) minmax(50%, 1fr)',
  '& > .above': { display: 'flex', flexDirection: 'column', minHeight: 0, overflowY: 'auto', overflowX: 'hidden' },
  '& > .above > *': { flexShrink: 0 },
  [wideWindow]: {
    gridTemplateColumns: '404px minmax(0, 1fr)',
    gridTemplateRows: 'max-content minmax(0, 1fr)',
    // The header is above both columns; open matters are on the left, the views on the right.
    '& > .above': { display: 'contents' },
    '& > .above > header': { gridColumn: '1 / 3' },
    '& > .above > .left': {
      gridArea: '2 / 1',
      overflowY: 'auto',
      minHeight: 0,
      borderRight: `1px solid ${theme.vars.palette.divider}`,
      '& button': { whiteSpace: 'normal', textAlign: 'left' },
    },
    '& > .above + *': { gridArea: '2 / 2' },
  },
}))

const Matters = styled('section')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  minHeight: 0,
  padding: '4px 0',
  backgroundColor: theme.vars.palette.background.default,
  borderBottom: `1px solid ${theme.vars.palette.divider}`,
  '& h2': {
    margin: 0,
    padding: '0 12px',
    fontSize: 11,
    lineHeight: '16px',
    letterSpacing: '0.04em',
    color: theme.vars.palette.text.secondary,
  },
}))

/** A customer's record: header, open matters, views. */
export function RecordPane({
  record,
  draftKey,
  children,
}: {
  record: CustomerRecord
  draftKey: string
  children?: ReactNode
}) {
  const { say } = useWords()
  const now = useNow(30_000)
  return (
    <Record>
      <div className="above">
        <FailureFence part="record/header" name={say('shell/failed/header')} of={record}>
          <RecordHeader record={record} now={now} draftKey={draftKey} />
        </FailureFence>
        <div className="left">
          <FailureFence part="record/data" name={say('record/edit/title')} of={record}>
            <CustomerData record={record} now={now} draftKey={draftKey} />
          </FailureFence>
          {children}
          <Matters>
            <h2>{say('record/matters')}</h2>
            <FailureFence part="record/matters" name={say('record/matters')} of={record}>
              <OpenMatters record={record} now={now} />
            </FailureFence>
          </Matters>
        </div>
      </div>
      <FailureFence part="record/views" name={say('record/viewsLabel')} of={record}>
        <RecordViews record={record} now={now} />
      </FailureFence>
    </Record>
  )
}
