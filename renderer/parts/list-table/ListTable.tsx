import { styled, type Theme } from '@mui/material/styles'
import { useEffect, useRef, type ReactNode } from 'react'

export interface Column<T> {
  readonly key: string
  readonly head: string
  readonly renderCell: (row: T) => ReactNode
  /** Numbers are aligned to the right, so that their digits line up. */
  readonly numeric?: boolean
  readonly wide?: boolean
}

/**
 * Where a row has no room for its columns side by side, its cells become words with their column heads before them:
 * nothing is cut and nothing scrolls sideways.
 */
const cards = (theme: Theme) => ({
  '& thead': { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' },
  '& tr': {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: 16,
    padding: '4px 12px',
    borderBottom: `1px solid ${theme.vars.palette.divider}`,
  },
  '& td, & td.wide': {
    display: 'block',
    padding: 0,
    border: 0,
    width: 'auto',
    minWidth: 0,
    whiteSpace: 'normal',
    overflowWrap: 'anywhere',
    textAlign: 'left',
  },
  '& td:empty': { display: 'none' },
  '& td::before': {
    content: 'attr(data-head)',
    marginRight: 4,
    fontSize: 11,
    color: theme.vars.palette.text.secondary,
  },
})

const Table = styled('table')(({ theme }) => ({
  width: '100%',
  borderCollapse: 'collapse',
  fontSize: 13,
  lineHeight: '20px',
  '& th': {
    position: 'sticky',
    top: 0,
    textAlign: 'left',
    fontSize: 11,
    fontWeight: 600,
    padding: '2px 8px',
    whiteSpace: 'nowrap',
    color: theme.vars.palette.text.secondary,
    backgroundColor: theme.vars.palette.background.paper,
    borderBottom: `1px solid ${theme.vars.palette.divider}`,
  },
  '& td': {
    padding: '2px 8px',
    borderBottom: `1px solid ${theme.vars.palette.divider}`,
    whiteSpace: 'nowrap',
    verticalAlign: 'top',
  },
  '& td.wide': { whiteSpace: 'normal', width: '40%' },
  '& .numeric': { textAlign: 'right' },
  '& tr[aria-current]': {
    backgroundColor: theme.vars.palette.background.default,
    boxShadow: `inset 3px 0 ${theme.vars.palette.primary.main}`,
    scrollMargin: '28px 0',
  },
  '& tr.unconfirmed td': { fontStyle: 'italic' },
  // Dates, names and numbers stay whole: only between words does a line end.
  '@container (max-width: 900px)': {
    '& td:not(.numeric, :first-of-type)': { whiteSpace: 'normal' },
    '& td:not(.wide)': { wordBreak: 'keep-all' },
  },
  '@container (max-width: 460px)': { '&': cards(theme) },
  '@container (max-width: 720px)': { '&.many': cards(theme) },
  '@container (max-width: 800px)': { '&.most': cards(theme) },
}))

export const Quiet = styled('p')(({ theme }) => ({
  margin: 0,
  padding: '4px 12px',
  color: theme.vars.palette.text.secondary,
}))

/** The number that the user searched for: its row is marked, and takes the focus once. */
export interface FoundRow {
  readonly number: string
  readonly reached: boolean
  readonly onReached: () => void
}

interface Props<T> {
  readonly label: string
  readonly rows: readonly T[]
  readonly columns: readonly Column<T>[]
  readonly rowKey: (row: T) => string
  readonly empty: string
  /** Rows that the server has not confirmed yet are slanted and say so. */
  readonly unconfirmed?: { readonly ids: readonly string[]; readonly title: string }
  readonly found?: FoundRow | null
  /** The numbers under which a row is found. */
  readonly numbersOf?: (row: T) => readonly (string | null)[]
}

/** A dense list of rows; its head stays in place while the rows scroll. */
export function ListTable<T>({ label, rows, columns, rowKey, empty, unconfirmed, found, numbersOf }: Props<T>) {
  const foundRow = useFocusOnce(found)
  if (rows.length === 0) return <Quiet>{empty}</Quiet>
  const classOf = (c: Column<T>): string => [c.numeric ? 'numeric' : '', c.wide ? 'wide' : ''].filter(Boolean).join(' ')
  return (
    <Table aria-label={label} className={columns.length > 8 ? 'most' : columns.length > 5 ? 'many' : undefined}>
      <thead>
        <tr>
          {columns.map((c) => (
            <th key={c.key} scope="col" className={classOf(c)}>
              {c.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const isUnconfirmed = unconfirmed?.ids.includes(rowKey(row)) ?? false
          const isFound = found ? (numbersOf?.(row).includes(found.number) ?? false) : false
          return (
            <tr
              key={rowKey(row)}
              className={isUnconfirmed ? 'unconfirmed' : undefined}
              title={isUnconfirmed ? unconfirmed?.title : undefined}
              {...(isFound ? { ref: foundRow, tabIndex: -1, 'aria-current': true } : {})}
            >
              {columns.map((c) => (
                <td key={c.key} className={classOf(c)} data-head={c.head}>
                  {c.renderCell(row)}
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </Table>
  )
}

/**
 * Moves to the row that was searched for once it is there; a user who comes back to the list later keeps their own
 * focus.
 */
function useFocusOnce(found: FoundRow | null | undefined) {
  const row = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (!found || found.reached) return
    // Wait, because a dialog or field that was open before gives the focus back or takes it first.
    const timer = setTimeout(() => {
      if (!row.current) return
      row.current.scrollIntoView?.({ block: 'nearest' })
      row.current.focus({ preventScroll: true })
      found.onReached()
    }, 0)
    return () => clearTimeout(timer)
  }, [found])
  return row
}
