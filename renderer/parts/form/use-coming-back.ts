import { useEffect, useRef, useState, type RefObject } from 'react'
import { useStores } from '../../app/stores.ts'
import { DRAFT_FIELD } from './use-field-place.ts'

/** For the frame in which a draft is worked on: the field that had the focus gets it again when the frame is shown again. */
export function useComingBack(draftKey: string): RefObject<HTMLDivElement | null> {
  const { places } = useStores()
  const frame = useRef<HTMLDivElement>(null)
  // While rendering, so that the fields inside find it when they are there.
  useState(() => places.comeBack(draftKey))
  useEffect(() => {
    const goOn = (): void => places.goOn()
    document.addEventListener('keydown', goOn, { capture: true })
    document.addEventListener('pointerdown', goOn, { capture: true })
    return () => {
      document.removeEventListener('keydown', goOn, { capture: true })
      document.removeEventListener('pointerdown', goOn, { capture: true })
    }
  }, [places])
  useEffect(() => {
    const element = frame.current
    const leave = ({ target }: FocusEvent): void => {
      if (target instanceof Element && !target.hasAttribute(DRAFT_FIELD)) places.enter(draftKey, null)
    }
    element?.addEventListener('focusin', leave)
    return () => element?.removeEventListener('focusin', leave)
  }, [places, draftKey])
  return frame
}
