import { useEffect, useRef } from 'react'
import { focusedText } from '../../app/pop-manners.ts'

/** Calls `choose` with 0 to `count` − 1 when a digit from 1 is struck and nobody is typing in a field. */
export function useDigitChoice(count: number, choose: (index: number) => void): void {
  const latest = useRef(choose)
  useEffect(() => {
    latest.current = choose
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || event.altKey || event.ctrlKey || event.metaKey) return
      if (focusedText(document.activeElement) !== null || document.querySelector('[role=dialog], [role=menu]')) return
      const digit = /^[1-9]$/.test(event.key) ? Number(event.key) : 0
      if (digit < 1 || digit > count) return
      event.preventDefault()
      latest.current(digit - 1)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [count])
}
