/**
 * The only map of the keyboard. None of these keys is reserved by a browser (Ctrl+W, Ctrl+T, Ctrl+N, F5, F11 and F12
 * are left alone), and none is a plain letter: nothing that a user types can answer a call.
 */
export const keys = {
  answer: 'F2',
  hold: 'F3',
  goToRinging: 'F4',
  note: 'F6',
  price: 'F7',
  transfer: 'F8',
  hangUp: 'F9',
  help: 'F1',
  palette: 'Ctrl+K',
  wrapUp: 'Ctrl+Enter',
  calls: 'Alt+C',
  search: 'Alt+S',
  callbacks: 'Alt+B',
  complaints: 'Alt+P',
  approvals: 'Alt+I',
  agentState: 'Alt+Z',
  ready: 'Alt+R',
  extendWrapUp: 'Alt+E',
  callBack: 'Alt+Y',
  callbackTime: 'Alt+H',
  unsent: 'Alt+U',
  logComplaint: 'Alt+L',
  addPreference: 'Alt+A',
  moreMatters: 'Alt+M',
  otherCandidates: 'Alt+O',
  notThem: 'Alt+N',
  organisation: 'Alt+G',
  who: 'Alt+W',
  newCustomer: 'Alt+K',
  editCustomer: 'Alt+J',
  previousView: 'Alt+,',
  nextView: 'Alt+.',
  intoView: 'Alt+V',
  closeTab: 'Alt+X',
  undo: 'Alt+T',
  tab1: 'Alt+1',
  tab2: 'Alt+2',
  tab3: 'Alt+3',
  tab4: 'Alt+4',
  tab5: 'Alt+5',
  tab6: 'Alt+6',
  tab7: 'Alt+7',
  tab8: 'Alt+8',
  tab9: 'Alt+9',
} as const

export type KeyName = keyof typeof keys

export const tabKeys = [
  'tab1',
  'tab2',
  'tab3',
  'tab4',
  'tab5',
  'tab6',
  'tab7',
  'tab8',
  'tab9',
] as const satisfies readonly KeyName[]

/** The parts of a keyboard event that say which key it was. */
export interface Stroke {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const byCombination = new Map<string, KeyName>(
  (Object.entries(keys) as [KeyName, string][]).map(([name, combination]) => [combination, name]),
)

// Uses `code`, not `key`: with Alt, a Mac and a Chinese input method put another character into `key`.
const plainKey = ({ code, key }: Stroke): string => {
  if (/^Key[A-Z]$/.test(code)) return code.slice(3)
  if (/^(Digit|Numpad)\d$/.test(code)) return code.slice(-1)
  if (code === 'Comma') return ','
  if (code === 'Period') return '.'
  return key.length === 1 ? key.toUpperCase() : key
}

/** Returns the name of the key that was pressed, or null. Command counts as Ctrl. */
export function keyOf(stroke: Stroke): KeyName | null {
  if (stroke.shiftKey) return null
  const prefix = stroke.ctrlKey || stroke.metaKey ? 'Ctrl+' : stroke.altKey ? 'Alt+' : ''
  if (prefix === 'Ctrl+' && stroke.altKey) return null
  return byCombination.get(prefix + plainKey(stroke)) ?? null
}
