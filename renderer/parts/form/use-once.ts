import { useCallback, useRef, useState } from 'react'

/** Work that must not run twice at once, and whether it is running. */
export interface Once {
  readonly busy: boolean
  /** Does the work; does nothing while earlier work is still running. */
  readonly once: (work: () => unknown) => Promise<void>
}

/** A second press, or the second half of a double click, is ignored while the first is still being carried out. */
export function useOnce(): Once {
  // The state is painted a moment after the press; the second press may come before that.
  const running = useRef(false)
  const [busy, setBusy] = useState(false)
  const once = useCallback(async (work: () => unknown) => {
    if (running.current) return
    running.current = true
    setBusy(true)
    try {
      await work()
    } finally {
      running.current = false
      setBusy(false)
    }
  }, [])
  return { busy, once }
}
