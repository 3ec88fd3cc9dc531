/**
 * Emergency and short numbers for each country. They are recognised before a number is parsed: 112 must never become
 * +49112. Sources: ITU-T E.129 national presentations; Bundesnetzagentur (118xx, 19222), Ofcom (118xxx), MIIT (1xxxx,
 * 9xxxx).
 */
interface ServiceNumbers {
  readonly emergency: readonly string[]
  readonly short: RegExp
}

/** GSM's emergency number works everywhere. */
const EVERYWHERE = ['112']

const byCountry: Readonly<Record<string, ServiceNumbers>> = {
  DE: { emergency: ['110', '112'], short: /^(118\d{2,3}|11[5-7]|116\d{3}|19222)$/ },
  AT: { emergency: ['122', '133', '144', '140'], short: /^(118\d{2,3}|116\d{3}|1\d{2})$/ },
  CH: { emergency: ['117', '118', '144', '1414'], short: /^(1\d{2}|18\d{2}|116\d{3})$/ },
  GB: { emergency: ['999', '112'], short: /^(1\d{2}|118\d{3}|116\d{3})$/ },
  FR: { emergency: ['15', '17', '18', '112', '114'], short: /^(3\d{3}|10\d{2}|118\d{3}|116\d{3})$/ },
  IT: { emergency: ['112', '113', '115', '118'], short: /^(1\d{2}|4\d{4}|116\d{3})$/ },
  ES: { emergency: ['112', '061', '091', '092'], short: /^(0\d{2}|118\d{2}|116\d{3})$/ },
  PT: { emergency: ['112'], short: /^(1\d{2,3}|16\d{3}|116\d{3})$/ },
  US: { emergency: ['911', '988'], short: /^([2-8]11)$/ },
  CA: { emergency: ['911', '988'], short: /^([2-8]11)$/ },
  CN: {
    emergency: ['110', '119', '120', '122'],
    short: /^(1\d{2}|1[02]\d{3}|1[02]\d{4}|9[56]\d{3,4}|118\d{2,3}|114)$/,
  },
  HK: { emergency: ['999', '112'], short: /^(1\d{2,4})$/ },
  JP: { emergency: ['110', '118', '119'], short: /^(1\d{2}|0120)$/ },
  AU: { emergency: ['000', '106', '112'], short: /^(12\d{2,4})$/ },
  IN: { emergency: ['100', '101', '102', '112'], short: /^(1\d{2,4})$/ },
  RU: { emergency: ['01', '02', '03', '101', '102', '103', '112'], short: /^(1\d{2})$/ },
  BR: { emergency: ['190', '192', '193'], short: /^(1\d{2})$/ },
  AR: { emergency: ['100', '101', '107', '911'], short: /^(1\d{2})$/ },
  SA: { emergency: ['911', '997', '998', '999'], short: /^(9\d{2})$/ },
}

export const isEmergency = (digits: string, country: string | null): boolean =>
  EVERYWHERE.includes(digits) || (country !== null && (byCountry[country]?.emergency.includes(digits) ?? false))

export const isShortCode = (digits: string, country: string | null): boolean =>
  country !== null && (byCountry[country]?.short.test(digits) ?? false)
