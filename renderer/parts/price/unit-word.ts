import type { Say } from '../../i18n/use-words.ts'
import { words } from '../../i18n/words.ts'

type KnownUnit = keyof typeof words.en.record.unit

const isKnown = (unit: string): unit is KnownUnit => Object.hasOwn(words.en.record.unit, unit)

/** A unit in the language of the screen; a unit that only the price list knows stays as it is. */
export const unitWord = (unit: string, say: Say): string => (isKnown(unit) ? say(`record/unit/${unit}`) : unit)
