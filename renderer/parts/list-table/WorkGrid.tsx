import { DataGrid, useGridApiRef, type GridColDef, type GridValidRowModel } from '@mui/x-data-grid'
import { zhCN } from '@mui/x-data-grid/locales'
import { useEffect, useRef } from 'react'
import { isOfInputMethod } from '../../app/input-method.ts'
import { useWords } from '../../i18n/use-words.ts'

/** A work list of any length: sorted, moved through by arrows, opened by Enter or a double click. */
export function WorkGrid<Row extends GridValidRowModel>({ label, rows, columns, rowId, empty, loading, onOpen, nonce }: {
  label: string
  rows: readonly Row[]
  columns: readonly GridColDef<Row>[]
  rowId: (row: Row) => string
  empty: string
  loading: boolean
  onOpen: (row: Row) => void
  nonce?: string
}) {
  const { language } = useWords()
  // A column has its width where there is room and shares what there is where there is not; what is to be read whole has a least width.
  const shared = columns.map((column) => (column.width === undefined ? column : { ...column, flex: column.width, minWidth: column.minWidth ?? Math.min(column.width, 64) }))
  const grid = useGridApiRef()
  const first = rows[0]
  const firstId = first === undefined ? null : rowId(first)
  const entered = useRef(false)
  useEffect(() => {
    // Who comes here by a key goes on by the arrows; a focus that is elsewhere stays there.
    if (entered.current || firstId === null || document.activeElement !== document.body) return
    const field = columns[0]?.field
    if (field !== undefined) grid.current?.setCellFocus(firstId, field)
    entered.current = true
  }, [firstId, columns, grid])
  return (
    <DataGrid<Row>
      apiRef={grid}
      aria-label={label} rows={rows} columns={shared} getRowId={rowId} loading={loading} rowHeight={30} columnHeaderHeight={30}
      disableColumnMenu disableRowSelectionOnClick hideFooter disableColumnResize
      {...(nonce === undefined ? {} : { nonce })}
      localeText={{ ...(language === 'zh' ? zhCN.components.MuiDataGrid.defaultProps.localeText : {}), noRowsLabel: empty }}
      onRowDoubleClick={({ row }) => onOpen(row)}
      onCellKeyDown={({ row }, event) => {
        if (event.key === 'Enter' && !isOfInputMethod(event.nativeEvent) && event.target instanceof HTMLElement && event.target.tagName !== 'BUTTON') onOpen(row)
      }}
      // Its own lines are made for a lighter ground than the dark one, where they cannot be seen.
      sx={{ border: 0, fontSize: 13, '--DataGrid-t-color-border-base': 'var(--mui-palette-divider)', '--DataGrid-rowBorderColor': 'var(--mui-palette-divider)' }}
    />
  )
}
