/**
 * Marks the places that one key goes to in turn while the caller is unknown: the proposed customers, the new customer,
 * the search.
 */
export const WHO_STOP = 'data-who-stop'

/** The next of these places after the one that has the focus; the first where none has it. */
export function nextStop(frame: HTMLElement | null): HTMLElement | undefined {
  const stops = [...(frame?.querySelectorAll<HTMLElement>(`[${WHO_STOP}]`) ?? [])]
  const { activeElement } = document
  if (!activeElement || !frame?.contains(activeElement)) return stops[0]
  const passed = stops.filter(
    (stop) =>
      stop === activeElement || (activeElement.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_PRECEDING) !== 0,
  )
  return stops[passed.length % stops.length]
}
