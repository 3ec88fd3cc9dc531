import type { Line } from '../../protocol/entities.ts'

/** How the numbers that come in on a line are written. The code has no defaults for this; it is set for each line. */
export interface LineRules {
  /** ISO country of the line; null: nobody has set it yet, so only numbers with a country code are read. */
  readonly country: string | null
  /** The line's own area code with its trunk prefix, for numbers dialled locally ("010"). */
  readonly areaCode: string | null
  /** Digits that the PBX puts before a caller id to reach the outside line. */
  readonly outsidePrefixes: readonly string[]
  /** The provider sends E.164 without the plus. */
  readonly e164WithoutPlus: boolean
}

export const rulesOfLine = (line: Line): LineRules => ({
  country: line.country,
  areaCode: line.areaCode,
  outsidePrefixes: line.outsidePrefixes,
  e164WithoutPlus: line.e164WithoutPlus,
})

/** The rules for a number that a person of this country wrote down: no PBX put a prefix before it. */
export const writtenIn = (country: string | null): LineRules => ({
  country,
  areaCode: null,
  outsidePrefixes: [],
  e164WithoutPlus: false,
})
