import { styled } from '@mui/material/styles'
import { useRef, type KeyboardEvent } from 'react'
import { isOfInputMethod } from '../../app/input-method.ts'

const List = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  flex: 1,
  minWidth: 0,
  '& button': {
    font: 'inherit',
    fontWeight: 600,
    color: theme.vars.palette.text.secondary,
    background: 'none',
    border: 0,
    borderBottom: '2px solid transparent',
    height: 32,
    padding: '0 12px',
    cursor: 'pointer',
    whiteSpace: 'nowrap',
  },
  '& button[aria-selected=true]': {
    color: theme.vars.palette.primary.main,
    borderBottomColor: theme.vars.palette.primary.main,
  },
}))

/**
 * The names of the views: they are one stop of the Tab key, and arrows move between them. They are plain buttons,
 * because tabs that measure themselves slow down a pop.
 */
export function ViewTabs<View extends string>({
  views,
  view,
  label,
  onView,
  nameOf,
  panelId,
}: {
  views: readonly View[]
  view: View
  label: string
  onView: (view: View) => void
  nameOf: (view: View) => string
  panelId: string
}) {
  const list = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (by === undefined || event.altKey || isOfInputMethod(event.nativeEvent)) return
    event.preventDefault()
    const index = (views.indexOf(view) + by + views.length) % views.length
    const next = views[index]
    if (next === undefined) return
    onView(next)
    list.current?.querySelectorAll('button')[index]?.focus()
  }
  return (
    <List role="tablist" aria-label={label} ref={list} onKeyDown={move}>
      {views.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`view-${name}`}
          aria-controls={panelId}
          aria-selected={name === view}
          tabIndex={name === view ? 0 : -1}
          onClick={() => onView(name)}
        >
          {nameOf(name)}
        </button>
      ))}
    </List>
  )
}
