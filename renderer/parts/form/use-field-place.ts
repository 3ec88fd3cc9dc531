import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { focusedText } from '../../app/pop-manners.ts'
import { useStores } from '../../app/stores.ts'

type Field = HTMLInputElement | HTMLTextAreaElement

/** Marks a text field of a draft. */
export const DRAFT_FIELD = 'data-draft-field'

/**
 * Keeps the user's place in a field of a draft and restores it when the field is next on the screen: caret, selection
 * and scroll, and the focus where this field had it.
 */
export function useFieldPlace(
  draftKey: string,
  name: string,
  value: string,
): (field: Field | null) => (() => void) | void {
  const { places } = useStores()
  const shown = useRef<Field | null>(null)
  const isBack = useRef(false)

  useLayoutEffect(() => {
    const field = shown.current
    if (!field || isBack.current) return
    const place = places.read(draftKey, name)
    // After a reload the field exists before its text arrives.
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
    // Do not take the focus from where the user is. A form of this draft that focused its own first field does not
    // count as the user.
    const inDraft = document.activeElement?.getAttribute(DRAFT_FIELD) !== null || document.activeElement === field
    if (
      document.querySelector('[role=dialog], [role=menu]') ||
      (focusedText(document.activeElement) !== null && !inDraft)
    )
      return
    places.goOn()
    field.focus({ preventScroll: true })
    if (place) field.setSelectionRange(place.start, place.end)
    if (place) field.scrollTop = place.top
  }, [places, draftKey, name, value])

  return useCallback(
    (field: Field | null) => {
      shown.current = field
      if (!field) return
      isBack.current = false
      const keep = (): void => {
        // A field whose text has not arrived yet does not tell where the user was.
        if (!isBack.current && (field.value !== '' || places.read(draftKey, name) !== null)) return
        places.write(draftKey, name, {
          start: field.selectionStart ?? 0,
          end: field.selectionEnd ?? 0,
          top: field.scrollTop,
        })
      }
      const enter = (): void => {
        places.enter(draftKey, name)
        keep()
      }
      // The user types here: do not move them any more.
      const type = (): void => {
        isBack.current = true
        keep()
      }
      const kinds = ['select', 'selectionchange', 'keyup', 'pointerup', 'blur', 'scroll'] as const
      for (const kind of kinds) field.addEventListener(kind, keep)
      field.addEventListener('input', type)
      field.addEventListener('focus', enter)
      // Where the field asks for the focus itself, React has already given it.
      if (document.activeElement === field) enter()
      return () => {
        keep()
        for (const kind of kinds) field.removeEventListener(kind, keep)
        field.removeEventListener('input', type)
        field.removeEventListener('focus', enter)
        shown.current = null
      }
    },
    [places, draftKey, name],
  )
}
