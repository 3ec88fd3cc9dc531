/** A notification of PostgreSQL must be shorter than 8,000 bytes. */
const MOST_BYTES = 7900
/** The length of a part of the encoded text. The parcel's id and place come before it. */
const PART_CHARACTERS = 7800

/** Packs a text for notifications: unchanged where it fits, else in parts. One transaction keeps the parts in order. */
export function parcelsOf(text: string): string[] {
  if (Buffer.byteLength(text) <= MOST_BYTES) return [text]
  const encoded = Buffer.from(text).toString('base64')
  const count = Math.ceil(encoded.length / PART_CHARACTERS)
  const id = crypto.randomUUID()
  return Array.from(
    { length: count },
    (_, index) =>
      `${id} ${index + 1}/${count} ${encoded.slice(index * PART_CHARACTERS, (index + 1) * PART_CHARACTERS)}`,
  )
}

/** Reads parcels in the order in which they arrive. Gives the text with its last part, null before that. */
export function createParcelReader(): (parcel: string) => string | null {
  let open: { id: string; parts: string[] } | null = null
  return (parcel) => {
    const [, id, place, count, part] = /^([\da-f-]{36}) (\d+)\/(\d+) (.*)$/.exec(parcel) ?? []
    if (id === undefined || part === undefined) return parcel
    // A listener that starts in the middle of a text cannot use its other parts.
    if (place === '1') open = { id, parts: [] }
    if (open?.id !== id || open.parts.length + 1 !== Number(place)) return null
    open.parts.push(part)
    if (place !== count) return null
    const text = Buffer.from(open.parts.join(''), 'base64').toString()
    open = null
    return text
  }
}
