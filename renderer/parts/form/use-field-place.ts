import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { focusedText } from '../../app/pop-manners.ts'
import { useStores } from '../../app/stores.ts'

type Field = HTMLInputElement | HTMLTextAreaElement

/** Marks a text field of a draft. */
export const DRAFT_FIELD = 'data-draft-field'

/**
 * Keeps where somebody is in a field of a draft, and takes them there again when it is next on the screen: caret, selection
 * and scroll, and the focus where it was here.
 */
export function useFieldPlace(draftKey: string, name: string, value: string): (field: Field | null) => (() => void) | void {
  const { places } = useStores()
  const shown = useRef<Field | null>(null)
  const isBack = useRef(false)

  useLayoutEffect(() => {
    const field = shown.current
    if (!field || isBack.current) return
    const place = places.read(draftKey, name)
    // After a reload the field is there before its text.
    if (value === '' || value.length < (place?.end ?? 0)) return
    isBack.current = true
    field.setSelectionRange(place?.start ?? value.length, place?.end ?? value.length)
    if (place) field.scrollTop = place.top
  }, [places, draftKey, name, value])

  useEffect(() => {
    const field = shown.current
    if (!field || !places.isAwaited(draftKey, name)) return
    const place = places.read(draftKey, name)
    if (value.length < (place?.end ?? 0)) return
    // Nothing takes the focus from where somebody is; a form of this draft that focused its first field is not somebody.
    const inDraft = document.activeElement?.getAttribute(DRAFT_FIELD) !== null || document.activeElement === field
    if (document.querySelector('[role=dialog], [role=menu]') || (focusedText(document.activeElement) !== null && !inDraft)) return
    places.goOn()
    field.focus({ preventScroll: true })
    if (place) field.setSelectionRange(place.start, place.end)
    if (place) field.scrollTop = place.top
  }, [places, draftKey, name, value])

  return useCallback((field: Field | null) => {
    shown.current = field
    if (!field) return
    isBack.current = false
    const keep = (): void => {
      // A field whose text has not come yet says nothing about where somebody was.
      if (!isBack.current && (field.value !== '' || places.read(draftKey, name) !== null)) return
      places.write(draftKey, name, { start: field.selectionStart ?? 0, end: field.selectionEnd ?? 0, top: field.scrollTop })
    }
    const enter = (): void => {
      places.enter(draftKey, name)
      keep()
    }
    // Somebody types: they are where they want to be.
    const type = (): void => {
      isBack.current = true
      keep()
    }
    const kinds = ['select', 'selectionchange', 'keyup', 'pointerup', 'blur', 'scroll'] as const
    for (const kind of kinds) field.addEventListener(kind, keep)
    field.addEventListener('input', type)
    field.addEventListener('focus', enter)
    // React has given it the focus already where it asks for it.
    if (document.activeElement === field) enter()
    return () => {
      keep()
      for (const kind of kinds) field.removeEventListener(kind, keep)
      field.removeEventListener('input', type)
      field.removeEventListener('focus', enter)
      shown.current = null
    }
  }, [places, draftKey, name])
}
