import { expect, test } from 'vitest'
import { colours, type SchemeColours } from '../../../renderer/app/palette.ts'

/** WCAG 2 relative luminance of #rrggbb. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((n) => {
    const c = Number.parseInt(hex.slice(n, n + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const pairs = (c: SchemeColours): [string, string, string][] => [
  ...(['text', 'quiet', 'accent', 'error', 'warning', 'success', 'info'] as const).flatMap((name) =>
    (['ground', 'paper', 'raised'] as const).map(
      (under) => [`${name} on ${under}`, c[name], c[under]] as [string, string, string],
    ),
  ),
  ['error on its ground', c.error, c.errorGround],
  ['warning on its ground', c.warning, c.warningGround],
  ['success on its ground', c.success, c.successGround],
  ['a held call', c.info, c.infoGround],
  ['text on a held call', c.text, c.infoGround],
  ['quiet on a held call', c.quiet, c.infoGround],
  ['accent on a held call', c.accent, c.infoGround],
  ['error on a held call', c.error, c.infoGround],
  ['quiet on a call that rings', c.quiet, c.successGround],
  ['text on a call that rings', c.text, c.successGround],
  ['text on the accent', c.onAccent, c.accent],
  ['a filled answer button', c.paper, c.success],
]

test.each(['light', 'dark'] as const)('every text of the %s scheme reaches 4.5 : 1', (scheme) => {
  const failing = pairs(colours[scheme])
    .filter(([, over, under]) => contrast(over, under) < 4.5)
    .map(([name, over, under]) => `${name}: ${contrast(over, under).toFixed(2)}`)
  expect(failing).toEqual([])
})
