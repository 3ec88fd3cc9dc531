/** For this long after the last key stroke the agent still counts as typing, even in an empty field. */
export const STILL_TYPING_MS = 5000

/** What the agent is doing when a call arrives. */
export interface AgentIsDoing {
  /** The text of the field that has the focus; null where no field has it. */
  readonly fieldText: string | null
  readonly msSinceStroke: number
  readonly dialogOpen: boolean
  /** Whether the agent is on another call, talking or held. */
  readonly onACall: boolean
}

/** A call may open its tab at once unless the agent is typing, choosing or talking; otherwise the tab waits, marked. */
export function popMayOpen(doing: AgentIsDoing): boolean {
  if (doing.onACall || doing.dialogOpen) return false
  if (doing.fieldText === null) return true
  return doing.fieldText === '' && doing.msSinceStroke > STILL_TYPING_MS
}

const textTypes = new Set(['text', 'search', 'tel', 'email', 'url', 'password', 'number', ''])

/** The text of the focused field; null where the focus is on an element that takes no text. */
export function focusedText(element: Element | null): string | null {
  if (element instanceof HTMLTextAreaElement) return element.value
  if (element instanceof HTMLInputElement) return textTypes.has(element.type) ? element.value : null
  return element instanceof HTMLSelectElement ? '' : null
}
