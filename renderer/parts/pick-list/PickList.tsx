import TextField from '@mui/material/TextField'
import { styled } from '@mui/material/styles'
import { isOfInputMethod } from '../../app/input-method.ts'
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react'

export interface PickItem {
  readonly key: string
  readonly content: ReactNode
  readonly group?: string
  readonly disabled?: boolean
}

const List = styled('div')(({ theme }) => ({
  overflowY: 'auto',
  '& [role=option]': { padding: '4px 8px', borderRadius: 4, cursor: 'pointer', minHeight: 20 },
  '& [role=option][aria-selected=true]': {
    backgroundColor: theme.vars.palette.action.selected,
    boxShadow: `inset 2px 0 0 ${theme.vars.palette.primary.main}`,
  },
  '& [role=option][aria-disabled=true]': { color: theme.vars.palette.text.secondary, cursor: 'default' },
  '& [role=presentation]': {
    padding: '8px 8px 4px',
    fontSize: 11,
    fontWeight: 600,
    color: theme.vars.palette.text.secondary,
  },
}))

interface Props {
  readonly label: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly items: readonly PickItem[]
  readonly onPick: (key: string) => void
  /** Shown in place of the list where it is empty. */
  readonly empty?: ReactNode
  readonly autoFocus?: boolean
  readonly inputRef?: Ref<HTMLInputElement>
  /** More attributes of the field. */
  readonly input?: Readonly<Record<`data-${string}`, string>>
  readonly maxHeight?: number
  readonly onEscape?: () => void
  /**
   * The items do not belong to this text yet: Enter waits for them, so that an agent who types fast gets the right one.
   */
  readonly pending?: boolean
  /** False: Enter takes nothing until an arrow key has chosen an item. */
  readonly firstIsChosen?: boolean
}

/** A field with a list under it: typing narrows the list, arrows choose, Enter takes. The focus stays in the field. */
export function PickList({
  label,
  text,
  onText,
  items,
  onPick,
  empty,
  autoFocus = false,
  inputRef,
  input = {},
  maxHeight = 280,
  onEscape,
  pending = false,
  firstIsChosen = true,
}: Props) {
  const id = useId()
  const [chosen, setChosen] = useState<number | null>(null)
  const enterWaits = useRef(false)
  const active = Math.min(chosen ?? (firstIsChosen ? 0 : -1), items.length - 1)
  useEffect(() => {
    if (!enterWaits.current || pending) return
    enterWaits.current = false
    const item = items[active]
    if (item && !item.disabled) onPick(item.key)
  }, [pending, items, active, onPick])
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView?.({ block: 'nearest' })
  }, [id, active])

  const onKey = (event: KeyboardEvent): void => {
    if (isOfInputMethod(event.nativeEvent)) return
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (move !== undefined) {
      event.preventDefault()
      setChosen(Math.max(0, Math.min(items.length - 1, active + move)))
    } else if (event.key === 'Enter' && !event.ctrlKey) {
      if (pending) {
        event.preventDefault()
        enterWaits.current = true
        return
      }
      const item = items[active]
      if (!item || item.disabled) return
      event.preventDefault()
      onPick(item.key)
    } else if (event.key === 'Escape' && onEscape) {
      event.preventDefault()
      onEscape()
    }
  }

  return (
    <div>
      <TextField
        label={label}
        value={text}
        autoFocus={autoFocus}
        autoComplete="off"
        onKeyDown={onKey}
        onChange={(event) => {
          setChosen(null)
          enterWaits.current = false
          onText(event.target.value)
        }}
        slotProps={{
          htmlInput: {
            ...input,
            ref: inputRef,
            role: 'combobox',
            'aria-expanded': items.length > 0,
            'aria-controls': `${id}-list`,
            'aria-autocomplete': 'list',
            'aria-activedescendant': active >= 0 ? `${id}-${active}` : undefined,
            spellCheck: false,
          },
        }}
      />
      <List id={`${id}-list`} role="listbox" aria-label={label} style={{ maxHeight }}>
        {items.map((item, n) => (
          <div key={item.key} role="none">
            {item.group !== undefined && item.group !== items[n - 1]?.group && (
              <div role="presentation">{item.group}</div>
            )}
            <div
              id={`${id}-${n}`}
              role="option"
              aria-selected={n === active}
              aria-disabled={item.disabled ?? false}
              tabIndex={-1}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                if (!item.disabled) onPick(item.key)
              }}
              onKeyDown={onKey}
            >
              {item.content}
            </div>
          </div>
        ))}
      </List>
      {items.length === 0 && empty}
    </div>
  )
}
