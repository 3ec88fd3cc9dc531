import { useEffect, useRef } from 'react'
import { isOfInputMethod } from '../../app/input-method.ts'
import { focusedText } from '../../app/pop-manners.ts'

/**
 * Calls `choose` with 0 to `count` − 1 when a digit from 1 is pressed and the user is not typing in a field; 0 calls
 * `none`, where there is that choice.
 */
export function useDigitChoice(count: number, choose: (index: number) => void, none?: () => void): void {
  const latest = useRef({ choose, none })
  useEffect(() => {
    latest.current = { choose, none }
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (
        event.defaultPrevented ||
        isOfInputMethod(event) ||
        event.repeat ||
        event.altKey ||
        event.ctrlKey ||
        event.metaKey
      )
        return
      if (focusedText(document.activeElement) !== null || document.querySelector('[role=dialog], [role=menu]')) return
      const digit = /^\d$/.test(event.key) ? Number(event.key) : -1
      if (digit < 0 || digit > count || (digit === 0 && !latest.current.none)) return
      event.preventDefault()
      if (digit === 0) latest.current.none?.()
      else latest.current.choose(digit - 1)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [count])
}
