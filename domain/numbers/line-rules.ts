import type { Line } from '../../protocol/entities.ts'

/** How the numbers that come in on a line are written. Nothing here has a default in code: it is set per line. */
export interface LineRules {
  /** ISO country of the line; null: nobody has said yet, so only what carries its country is read. */
  readonly country: string | null
  /** The line's own area code with its trunk prefix, for numbers dialled locally ("010"). */
  readonly areaCode: string | null
  /** Digits that the PBX puts before a caller id to reach the outside line. */
  readonly outsidePrefixes: readonly string[]
  /** The provider sends E.164 and leaves out the plus. */
  readonly e164WithoutPlus: boolean
}

export const rulesOfLine = (line: Line): LineRules => ({
  country: line.country, areaCode: line.areaCode, outsidePrefixes: line.outsidePrefixes, e164WithoutPlus: line.e164WithoutPlus,
})

/** A number that a person of this country wrote down: no PBX put anything before it. */
export const writtenIn = (country: string | null): LineRules => ({
  country, areaCode: null, outsidePrefixes: [], e164WithoutPlus: false,
})
