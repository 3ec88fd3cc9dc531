/** A number as people write it, without its sign and unit. `either`: it can be read in two ways. */
export type WrittenDecimal =
  | { readonly kind: 'number'; readonly whole: string; readonly fraction: string }
  | { readonly kind: 'either'; readonly ways: readonly [string, string] }
  | { readonly kind: 'none' }

const none: WrittenDecimal = { kind: 'none' }
const number = (whole: string, fraction = ''): WrittenDecimal => ({
  kind: 'number',
  whole: whole.replaceAll(/\D/g, '').replace(/^0+(?=\d)/, ''),
  fraction,
})

const grouped = (mark: string): RegExp => new RegExp(`^\\d{1,3}(?:${mark}\\d{3})+$`)
/**
 * Thousands that are separated by a space, an apostrophe or a thin space: no language writes these marks before a
 * fraction.
 */
const plainGroups = /^\d{1,3}(?:[ '’]\d{3})+$/

/**
 * Reads "1820", "1,820.00", "1.820,00", "1 820,5", "1'820". A mark that stands once and before three digits separates
 * thousands or begins a fraction; only `digits`, the number of decimals that a fraction may have (0 for a count), can
 * tell which.
 */
export function readDecimal(text: string, digits: number): WrittenDecimal {
  // Removes the ending of "182.-" and a decimal point after which nothing was typed yet.
  const plain = text.replace(/[.,]-?$/, '').replace(/^(?=[.,]\d)/, '0')
  if (!/^\d[\d., '’]*$/.test(plain)) return none
  if (/^\d+$/.test(plain) || plainGroups.test(plain)) return number(plain)
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','))
  const mark = plain[last]!
  const [whole, fraction] = [plain.slice(0, last), plain.slice(last + 1)]
  const other = mark === '.' ? ',' : '\\.'
  if (!/^\d+$/.test(fraction)) return none
  // If both marks occur, the last one begins the fraction. A mark that occurs several times separates thousands.
  if (whole.includes(mark === '.' ? ',' : '.')) return grouped(other).test(whole) ? number(whole, fraction) : none
  if (whole.includes(mark)) return grouped(mark === '.' ? '\\.' : ',').test(plain) ? number(plain) : none
  if (/[ '’]/.test(whole)) return plainGroups.test(whole) ? number(whole, fraction) : none
  return single(whole, mark, fraction, digits)
}

/** Reads a number with a single mark, which may separate thousands or begin a fraction. */
function single(whole: string, mark: string, fraction: string, digits: number): WrittenDecimal {
  const ways = [`${whole}${fraction}`, digits === 0 ? whole : `${whole}.${fraction.slice(0, digits)}`] as const
  const mayBeGroups = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole)
  if (mayBeGroups && digits === 3)
    return mark === '.' ? number(whole, fraction) : { kind: 'either', ways: [ways[0], `${whole}.${fraction}`] }
  if (mayBeGroups) return mark === ',' ? number(whole + fraction) : { kind: 'either', ways }
  // "1,82" may be an unfinished thousand as well as a fraction.
  if (mark === ',' && fraction.length === 2 && /^[1-9]$/.test(whole))
    return { kind: 'either', ways: [`${whole}${fraction}0`, `${whole}.${fraction}`] }
  return number(whole, fraction)
}
