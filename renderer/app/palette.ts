/**
 * The colours of one scheme. The semantic colours (`error` … `info`) are only for states; `accent` is the only accent.
 */
export interface SchemeColours {
  readonly ground: string
  readonly paper: string
  readonly raised: string
  readonly line: string
  readonly text: string
  readonly quiet: string
  readonly accent: string
  readonly onAccent: string
  readonly error: string
  readonly errorGround: string
  readonly warning: string
  readonly warningGround: string
  readonly success: string
  readonly successGround: string
  readonly info: string
  readonly infoGround: string
}

/** Every text colour here reaches WCAG AA (4.5 : 1) on every ground it is used on; a test computes it. */
export const colours: { readonly light: SchemeColours; readonly dark: SchemeColours } = {
  light: {
    ground: '#f3f5f7',
    paper: '#ffffff',
    raised: '#e9edf1',
    line: '#cfd6dd',
    text: '#171b20',
    quiet: '#4d5763',
    accent: '#0a559e',
    onAccent: '#ffffff',
    error: '#a81f17',
    errorGround: '#fdeceb',
    warning: '#7a4d00',
    warningGround: '#fff4dc',
    success: '#12602f',
    successGround: '#e3f5e9',
    info: '#3c4f8a',
    infoGround: '#e8ecfa',
  },
  dark: {
    ground: '#111417',
    paper: '#191d21',
    raised: '#252b31',
    line: '#3a424a',
    text: '#e8ebee',
    quiet: '#aab4be',
    accent: '#82b8f7',
    onAccent: '#0b1a2b',
    error: '#ff9d95',
    errorGround: '#3a1c1b',
    warning: '#f2bd63',
    warningGround: '#352a14',
    success: '#84d6a0',
    successGround: '#17301f',
    info: '#b3c0f2',
    infoGround: '#232a44',
  },
}
