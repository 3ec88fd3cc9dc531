import { useCallback, useRef, useState } from 'react'

/** Work that must not be done twice, and whether it is being done. */
export interface Once {
  readonly busy: boolean
  /** Does the work; does nothing while earlier work is still being done. */
  readonly once: (work: () => unknown) => Promise<void>
}

/** A second press, or the second half of a double click, is not a second wish: it is ignored while the first is carried out. */
export function useOnce(): Once {
  // The state is painted a moment after the press; the second press may come before.
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
