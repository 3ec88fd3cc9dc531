import { untouched } from '../../domain/untouched-rows.ts'
import type { ContactPoint, Customer } from '../../protocol/entities.ts'
import { CustomerId } from '../../protocol/scalars.ts'
import { chineseCity, chineseCompany, chinesePerson } from '../people/chinese-names.ts'
import { phoneNumber, type PhoneLabel } from '../people/phone-numbers.ts'
import { namedCountries, westernCompany, westernPerson } from '../people/western-names.ts'
import { Random } from '../random.ts'
import { stored, type BuildContext } from './build-context.ts'
import type { CustomerSeed } from './customer-seed.ts'

const MADE_AT = Date.UTC(2024, 0, 1)

/**
 * One buyer in `ORGANISATION_EVERY` is an organisation with people of its own; one in `SHARED_LINE_EVERY` shares the
 * home line of the previous one.
 */
const ORGANISATION_EVERY = 30
const SHARED_LINE_EVERY = 40

export const customerIdOf = (seed: string, index: number): CustomerId =>
  CustomerId.parse(new Random(seed, 'customer', index).uuid(MADE_AT + index))

export const accountNumber = (index: number): string => String(10_001 + index)

const alpha2: Readonly<Record<string, string>> = {
  PRT: 'PT',
  GBR: 'GB',
  ESP: 'ES',
  IRL: 'IE',
  DEU: 'DE',
  FRA: 'FR',
  POL: 'PL',
  NLD: 'NL',
  CN: 'CN',
  CHN: 'CN',
  BRA: 'BR',
  SWE: 'SE',
  CHE: 'CH',
  BEL: 'BE',
  USA: 'US',
}

export const isOrganisation = (seed: CustomerSeed): boolean =>
  seed.kind === 'shop' && seed.index % ORGANISATION_EVERY === 7

export function countryOf(context: BuildContext, customer: CustomerSeed): string {
  const booking = customer.bookings[0]
  if (booking) return alpha2[booking.country] ?? 'GB'
  const random = new Random(context.seed, 'country', customer.index)
  return random.chance(0.62) ? 'CN' : random.pick(namedCountries)
}

/** The name, town and language of a customer; tier and credit are computed later, from the seed's history. */
export function nameOf(
  context: BuildContext,
  seed: CustomerSeed,
): Pick<
  Customer,
  'displayName' | 'nativeName' | 'givenName' | 'familyName' | 'city' | 'country' | 'language' | 'kind'
> {
  const random = new Random(context.seed, 'name', seed.index)
  const country = countryOf(context, seed)
  if (isOrganisation(seed)) {
    const company = country === 'CN' ? chineseCompany(random) : { ...westernCompany(country, random), nativeName: null }
    return {
      ...company,
      givenName: null,
      familyName: null,
      country,
      language: country === 'CN' ? 'zh' : 'en',
      kind: 'organisation',
    }
  }
  return personIn(country, random)
}

function personIn(country: string, random: Random) {
  if (country === 'CN')
    return {
      ...chinesePerson(random),
      city: chineseCity(random),
      country,
      language: 'zh' as const,
      kind: 'person' as const,
    }
  const { displayName, nativeName, givenName, familyName, city, language } = westernPerson(country, random)
  return { displayName, nativeName, givenName, familyName, city, country, language, kind: 'person' as const }
}

const homeLine = (context: BuildContext, seed: CustomerSeed) =>
  phoneNumber(countryOf(context, seed), 'home', new Random(context.seed, 'home', seed.index))

/** The phone numbers and addresses of a customer. Some customers live with the previous customer and share the line. */
export function contactPointsOf(context: BuildContext, seed: CustomerSeed, customer: Customer): ContactPoint[] {
  const random = new Random(context.seed, 'contact', seed.index)
  const country = customer.country ?? 'GB'
  const points: ContactPoint[] = []
  const phone = (label: PhoneLabel, fields = phoneNumber(country, label, random)) =>
    points.push({
      id: random.uuid(MADE_AT),
      customerId: customer.id,
      kind: 'phone',
      label,
      ...fields,
      emailKey: null,
      preferred: points.length === 0,
      invalid: false,
      ...untouched.contactPoint,
      ...stored,
    })
  if (customer.kind === 'organisation') {
    // The switchboard, which its people have too, and the number of the purchasing department.
    phone('office')
    phone('mobile')
  } else {
    if (random.chance(0.92)) phone('mobile')
    if (seed.kind === 'shop' && seed.index % SHARED_LINE_EVERY === 11)
      phone('home', homeLine(context, { ...seed, index: seed.index - 1 }))
    else if (points.length === 0 || random.chance(0.4) || seed.index % SHARED_LINE_EVERY === 10)
      phone('home', homeLine(context, seed))
    if (random.chance(0.06)) phone('office')
  }
  if (random.chance(0.55)) {
    const local = customer.displayName
      .normalize('NFKD')
      .replace(/[^A-Za-z ]/g, '')
      .trim()
      .toLowerCase()
      .replace(/ +/g, '.')
    const email = `${local || 'kunde'}${seed.index % 97}@example.${random.pick(['com', 'org', 'net'])}`
    points.push({
      id: random.uuid(MADE_AT),
      customerId: customer.id,
      kind: 'email',
      label: 'other',
      raw: email,
      e164: null,
      nationalKey: null,
      emailKey: email,
      region: null,
      preferred: false,
      invalid: false,
      ...untouched.contactPoint,
      ...stored,
    })
  }
  return points
}

/** The people who call for an organisation; each has a mobile of their own and the organisation's switchboard. */
export function contactPersons(
  context: BuildContext,
  seed: CustomerSeed,
  organisation: Customer,
  switchboard: ContactPoint,
): { customer: Customer; points: ContactPoint[] }[] {
  const random = new Random(context.seed, 'persons', seed.index)
  return Array.from({ length: random.int(1, 3) }, (_, i) => {
    const person = personIn(organisation.country ?? 'CN', random)
    const id = CustomerId.parse(random.uuid(MADE_AT + seed.index))
    const customer: Customer = {
      ...organisation,
      ...person,
      id,
      number: `${organisation.number}-${i + 1}`,
      organisationId: organisation.id,
      city: organisation.city,
      creditGrade: null,
      creditLimitMinor: null,
      lifetimeValueMinor: null,
      churnRisk: null,
      birthday: null,
      remark: null,
    }
    const point = (
      label: PhoneLabel,
      fields: Pick<ContactPoint, 'raw' | 'e164' | 'nationalKey' | 'region'>,
    ): ContactPoint => ({
      id: random.uuid(MADE_AT),
      customerId: id,
      kind: 'phone',
      label,
      raw: fields.raw,
      e164: fields.e164,
      nationalKey: fields.nationalKey,
      region: fields.region,
      emailKey: null,
      preferred: label === 'mobile',
      invalid: false,
      ...untouched.contactPoint,
      ...stored,
    })
    return {
      customer,
      points: [point('mobile', phoneNumber(customer.country ?? 'CN', 'mobile', random)), point('office', switchboard)],
    }
  })
}
