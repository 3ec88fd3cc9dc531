import { useEffect, useRef, useState, type RefObject } from 'react'
import { useStores } from '../../app/stores.ts'
import { DRAFT_FIELD } from './use-field-place.ts'

/** For the element in which a draft is edited: when it is shown again, the field that had the focus gets it again. */
export function useComingBack(draftKey: string): RefObject<HTMLDivElement | null> {
  const { places } = useStores()
  const frame = useRef<HTMLDivElement>(null)
  // Done while rendering, so that the fields inside find it as soon as they exist.
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
