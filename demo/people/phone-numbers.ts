import type { PhoneFields } from '../../domain/numbers/written-phone.ts'
import { writtenIn } from '../../domain/numbers/line-rules.ts'
import { normaliseNumber } from '../../domain/numbers/normalise-number.ts'
import type { Random } from '../random.ts'

interface Plan {
  readonly code: string
  readonly trunk: string
  readonly mobile: readonly string[]
  readonly mobileDigits: number
  readonly landline: readonly string[]
  readonly landlineDigits: number
}

/**
 * Prefixes without the trunk digit, and how many digits follow them. A result that the numbering plan does not accept
 * is drawn again.
 */
const plans: Readonly<Record<string, Plan>> = {
  CN: {
    code: '86',
    trunk: '0',
    mobile: ['138', '139', '135', '136', '150', '158', '186', '188', '177', '159'],
    mobileDigits: 8,
    landline: ['10', '21', '20', '755', '571', '28'],
    landlineDigits: 8,
  },
  GB: {
    code: '44',
    trunk: '0',
    mobile: ['7700', '7911', '7810', '7950', '7788'],
    mobileDigits: 6,
    landline: ['20 7', '20 8', '161 ', '121 '],
    landlineDigits: 7,
  },
  DE: {
    code: '49',
    trunk: '0',
    mobile: ['171', '160', '151', '172', '176'],
    mobileDigits: 7,
    landline: ['30 ', '89 ', '40 ', '221 '],
    landlineDigits: 7,
  },
  US: {
    code: '1',
    trunk: '',
    mobile: ['617', '312', '206', '415'],
    mobileDigits: 7,
    landline: ['303', '512', '404'],
    landlineDigits: 7,
  },
  FR: { code: '33', trunk: '0', mobile: ['6', '7 6'], mobileDigits: 8, landline: ['1 4', '4 7'], landlineDigits: 7 },
  PT: {
    code: '351',
    trunk: '',
    mobile: ['91', '93', '96'],
    mobileDigits: 7,
    landline: ['21', '22'],
    landlineDigits: 7,
  },
  ES: { code: '34', trunk: '', mobile: ['6', '61', '65'], mobileDigits: 8, landline: ['91', '93'], landlineDigits: 7 },
}

export type PhoneLabel = 'mobile' | 'office' | 'home'

const TRIES = 40

/** A number of the country as somebody wrote it, with its keys. */
export function phoneNumber(country: string, label: PhoneLabel, random: Random): PhoneFields {
  const known = plans[country] ? country : 'GB'
  const plan = plans[known]!
  for (let i = 0; i < TRIES; i++) {
    const mobile = label === 'mobile'
    const prefix = random.pick(mobile ? plan.mobile : plan.landline).trim()
    const length =
      (mobile ? plan.mobileDigits : plan.landlineDigits) -
      (prefix.replace(/\D/g, '').length > 2 && known === 'ES' ? 1 : 0)
    const subscriber = `${random.int(2, 9)}${random.digits(length - 1)}`
    const raw = written(plan, prefix, subscriber, mobile && known === 'CN', random)
    const number = normaliseNumber(raw, writtenIn(known))
    if (number.kind === 'number')
      return { raw, e164: number.e164, nationalKey: number.nationalKey, region: number.region }
  }
  throw new Error(`The number plan of ${known} gives no valid ${label} number`)
}

/** Writes a number in one of the many ways in which people do; a Chinese mobile number has no trunk zero. */
function written(plan: Plan, prefix: string, subscriber: string, noTrunk: boolean, random: Random): string {
  const cut = Math.ceil(subscriber.length / 2)
  const trunk = noTrunk ? '' : plan.trunk
  switch (random.int(0, 4)) {
    case 0:
      return `+${plan.code} ${prefix} ${subscriber.slice(0, cut)} ${subscriber.slice(cut)}`
    case 1:
      return `+${plan.code}${prefix.replace(' ', '')}${subscriber}`
    case 2:
      return `${trunk}${prefix}-${subscriber}`
    case 3:
      return `${trunk}${prefix} ${subscriber.slice(0, cut)} ${subscriber.slice(cut)}`
    default:
      return `00${plan.code} ${prefix} ${subscriber}`.replace(/^001 /, '+1 ')
  }
}
