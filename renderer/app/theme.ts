import { createTheme, type Theme } from '@mui/material/styles'
import { colours, type SchemeColours } from './palette.ts'
// For types only: CSS variables are switched on below, so `theme.vars` always exists.
import '@mui/material/themeCssVarsAugmentation'

const palette = (c: SchemeColours) => ({
  primary: { main: c.accent, contrastText: c.onAccent },
  error: { main: c.error, light: c.errorGround, contrastText: c.paper },
  warning: { main: c.warning, light: c.warningGround, contrastText: c.paper },
  success: { main: c.success, light: c.successGround, contrastText: c.paper },
  info: { main: c.info, light: c.infoGround, contrastText: c.paper },
  background: { default: c.ground, paper: c.paper },
  text: { primary: c.text, secondary: c.quiet, disabled: c.quiet },
  divider: c.line,
  action: { hover: c.raised, selected: c.raised, disabled: c.quiet, disabledBackground: c.raised, disabledOpacity: 1 },
})

const FAMILY = "'Noto Sans SC Variable', 'Noto Sans SC', system-ui, sans-serif"

const STRONG = 600

/** Ringside's look (SCREENS "Look"): 13 px, 4 px grid, tabular figures, one accent, almost no motion. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-scheme' },
  colorSchemes: { light: { palette: palette(colours.light) }, dark: { palette: palette(colours.dark) } },
  spacing: 4,
  shape: { borderRadius: 4 },
  typography: {
    fontFamily: FAMILY,
    fontSize: 13,
    htmlFontSize: 13,
    // Only two weights: each weight at each size is a font of its own, and the first text in it takes 7 ms more.
    fontWeightMedium: STRONG,
    fontWeightBold: STRONG,
    body1: { fontSize: 13, lineHeight: '20px' },
    body2: { fontSize: 12, lineHeight: '16px' },
    button: { fontSize: 13, lineHeight: '20px', textTransform: 'none', fontWeight: STRONG },
    h1: { fontSize: 18, lineHeight: '24px', fontWeight: STRONG },
    h2: { fontSize: 12, lineHeight: '16px', fontWeight: STRONG, letterSpacing: '0.04em' },
  },
  transitions: {
    duration: {
      shortest: 60,
      shorter: 80,
      short: 100,
      standard: 120,
      complex: 120,
      enteringScreen: 120,
      leavingScreen: 100,
    },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: (t: Theme) => ({
        html: { height: '100%', fontSize: 13 },
        body: {
          height: '100%',
          margin: 0,
          overflow: 'hidden',
          fontSize: 13,
          lineHeight: '20px',
          fontVariantNumeric: 'tabular-nums',
          backgroundColor: t.vars.palette.background.default,
        },
        '#root': { height: '100%' },
        'h1, h2, h3, th, strong, b': { fontWeight: STRONG },
        // In this font family quotes, dots and dashes are as wide as a Chinese character; this makes them narrow in
        // English.
        'html:lang(en) body': { fontFeatureSettings: '"palt"' },
        '*:focus-visible': { outline: `2px solid ${t.vars.palette.primary.main}`, outlineOffset: 1 },
        '@media (prefers-reduced-motion: reduce)': {
          '*': { transitionDuration: '0s !important', animationDuration: '0s !important' },
        },
      }),
    },
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiButton: {
      defaultProps: { size: 'small', disableElevation: true },
      styleOverrides: {
        root: { minWidth: 0, padding: '1px 8px', whiteSpace: 'nowrap', fontSize: 13, lineHeight: '20px' },
        startIcon: { marginRight: 6, '& > *:nth-of-type(1)': { fontSize: 11 } },
        endIcon: { marginLeft: 6, '& > *:nth-of-type(1)': { fontSize: 11 } },
      },
    },
    MuiTextField: { defaultProps: { size: 'small', fullWidth: true } },
    // Labels do not move: a label that moves when a field fills is motion without use.
    MuiInputLabel: { defaultProps: { shrink: true }, styleOverrides: { root: { overflow: 'visible' } } },
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiInputBase: {
      styleOverrides: {
        root: { fontSize: 13, lineHeight: '20px' },
        input: ({ theme: t }) => ({
          '&::placeholder': { opacity: 1, color: t.vars.palette.text.secondary, fontStyle: 'italic' },
        }),
      },
    },
    // The label is on the upper border, so scrolled text in a field of several lines must end below it.
    MuiOutlinedInput: {
      defaultProps: { notched: true },
      styleOverrides: {
        input: { padding: '4px 8px', height: 20 },
        multiline: { padding: '9px 0 0', '& textarea': { paddingTop: 0 } },
      },
    },
    MuiMenuItem: {
      defaultProps: { dense: true },
      styleOverrides: {
        root: ({ theme: t }) => ({
          fontSize: 13,
          minHeight: 28,
          '&.Mui-disabled': { opacity: 1, color: t.vars.palette.text.secondary },
        }),
      },
    },
    // The call strip must stay readable behind a dialog, because a call may ring meanwhile.
    MuiBackdrop: { styleOverrides: { root: { backgroundColor: 'rgb(0 0 0 / 0.16)' } } },
    MuiDialog: {
      defaultProps: { transitionDuration: 0 },
      styleOverrides: { paper: ({ theme: t }) => ({ border: `1px solid ${t.vars.palette.divider}` }) },
    },
    MuiMenu: {
      defaultProps: { transitionDuration: 0 },
      styleOverrides: { paper: ({ theme: t }) => ({ border: `1px solid ${t.vars.palette.divider}` }) },
    },
  },
})
