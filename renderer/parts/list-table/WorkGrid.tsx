import { DataGrid, useGridApiRef, type GridColDef, type GridRowId, type GridValidRowModel } from '@mui/x-data-grid'
import { zhCN } from '@mui/x-data-grid/locales'
import { useEffect, useRef } from 'react'
import { isOfInputMethod } from '../../app/input-method.ts'
import { useWords } from '../../i18n/use-words.ts'

/** A work list of any length: it can be sorted, arrows move in it, and Enter or a double click opens a row. */
export function WorkGrid<Row extends GridValidRowModel>({
  label,
  rows,
  columns,
  rowId,
  empty,
  loading,
  onOpen,
  onKey,
  nonce,
}: {
  label: string
  rows: readonly Row[]
  columns: readonly GridColDef<Row>[]
  rowId: (row: Row) => string
  empty: string
  loading: boolean
  onOpen: (row: Row) => void
  /** Called for a plain letter on a row; returns true where the letter had a meaning. */
  onKey?: (key: string, row: Row) => boolean
  nonce?: string
}) {
  const { language } = useWords()
  // A column has its width where there is room; otherwise the columns share the space. A column that must be readable
  // in full has a minimum width.
  const shared = columns.map((column) =>
    column.width === undefined
      ? column
      : { ...column, flex: column.width, minWidth: column.minWidth ?? Math.min(column.width, 64) },
  )
  const grid = useGridApiRef()
  const first = rows[0]
  const firstId = first === undefined ? null : rowId(first)
  const entered = useRef(false)
  useEffect(() => {
    // A user who comes here with a key goes on with the arrows; where the focus is elsewhere it stays there.
    if (entered.current || firstId === null || document.activeElement !== document.body) return
    const field = columns[0]?.field
    if (field !== undefined) grid.current?.setCellFocus(firstId, field)
    entered.current = true
  }, [firstId, columns, grid])
  const workAt = useNeighbourFocus(grid, rows.map(rowId))
  return (
    <DataGrid<Row>
      apiRef={grid}
      aria-label={label}
      rows={rows}
      columns={shared}
      getRowId={rowId}
      loading={loading}
      rowHeight={30}
      columnHeaderHeight={30}
      disableColumnMenu
      disableRowSelectionOnClick
      hideFooter
      disableColumnResize
      {...(nonce === undefined ? {} : { nonce })}
      localeText={{
        ...(language === 'zh' ? zhCN.components.MuiDataGrid.defaultProps.localeText : {}),
        noRowsLabel: empty,
      }}
      onRowDoubleClick={({ row }) => onOpen(row)}
      onCellClick={workAt}
      onCellKeyDown={({ id, field, row }, event) => {
        workAt({ id, field })
        if (
          event.key === 'Enter' &&
          !isOfInputMethod(event.nativeEvent) &&
          event.target instanceof HTMLElement &&
          event.target.tagName !== 'BUTTON'
        )
          onOpen(row)
        const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !isOfInputMethod(event.nativeEvent)
        if (plain && event.key.length === 1 && onKey?.(event.key.toLowerCase(), row)) {
          event.preventDefault()
          event.defaultMuiPrevented = true
        }
      }}
      // The grid's own lines are made for a lighter ground and cannot be seen on our dark one.
      sx={{
        border: 0,
        fontSize: 13,
        '--DataGrid-t-color-border-base': 'var(--mui-palette-divider)',
        '--DataGrid-rowBorderColor': 'var(--mui-palette-divider)',
      }}
    />
  )
}

/**
 * When the row that the user worked on leaves the list, the focus goes to the row that takes its place, so that work
 * can go on there.
 */
function useNeighbourFocus(
  grid: ReturnType<typeof useGridApiRef>,
  ids: readonly string[],
): (cell: { readonly id: GridRowId; readonly field: string }) => void {
  const last = useRef<{ readonly id: string; readonly field: string; readonly index: number } | null>(null)
  const key = ids.join(' ')
  useEffect(() => {
    const focused = last.current
    if (!focused || ids.includes(focused.id) || ids.length === 0) return undefined
    const { activeElement } = document
    // Where the user has moved the focus elsewhere, it stays there.
    if (activeElement !== document.body && !grid.current?.rootElementRef.current?.contains(activeElement))
      return undefined
    const next = ids[Math.min(focused.index, ids.length - 1)]!
    last.current = { ...focused, id: next, index: ids.indexOf(next) }
    // Wait until the grid itself has noticed that the row is gone, because the grid then removes the focus.
    const timer = setTimeout(() => grid.current?.setCellFocus(next, focused.field), 0)
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the ids as text, so that an equal list is no new one
  }, [key, grid])
  return ({ id, field }) => {
    last.current = { id: String(id), field, index: ids.indexOf(String(id)) }
  }
}
