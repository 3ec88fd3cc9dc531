import type { AmountProblem } from '../../../domain/money/read-amount.ts'
import type { Words } from '../../i18n/use-words.ts'

/** Says what is wrong with a typed price or quantity and how to write it, in the language of the screen. */
export function amountProblem(problem: AmountProblem, of: 'price' | 'quantity', { say, formats }: Words): string {
  switch (problem.kind) {
    case 'unreadable':
      return say(of === 'price' ? 'record/price/unreadable' : 'record/price/quantityUnreadable')
    case 'foreign':
      return say('record/price/foreign', { sign: problem.sign, currency: problem.currency })
    case 'either':
      return say('record/price/either', { one: problem.ways[0], other: problem.ways[1] })
    case 'decimals':
      return problem.digits === 0
        ? say('record/price/noDecimals', { currency: problem.currency })
        : say('record/price/decimals', { currency: problem.currency, count: problem.digits })
    case 'tooLarge':
      return say('record/price/tooLarge', { most: formats.number(problem.most) })
    default:
      return problem satisfies never
  }
}
