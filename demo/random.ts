/**
 * Seeded random numbers: the same seed and path give the same numbers on every machine. The generator is sfc32 (Chris
 * Doty-Humphrey's PractRand), seeded with 128 bits, because with 32 bits the sequences of a million customers would
 * collide.
 */
export class Random {
  #a = 1_779_033_703
  #b = 3_144_134_277
  #c = 1_013_904_242
  #d = 2_773_480_762

  constructor(...path: readonly (string | number)[]) {
    // Four multiplicative hashes over the path, each mixed into the next, so that ("demo", 7) and ("demo", 8) have
    // nothing in common.
    for (const part of path) {
      const text = typeof part === 'string' ? part : String(part)
      for (let i = 0; i <= text.length; i++) {
        const k = i < text.length ? text.charCodeAt(i) : 47
        this.#a = this.#b ^ Math.imul(this.#a ^ k, 597_399_067)
        this.#b = this.#c ^ Math.imul(this.#b ^ k, 2_869_860_233)
        this.#c = this.#d ^ Math.imul(this.#c ^ k, 951_274_213)
        this.#d = this.#a ^ Math.imul(this.#d ^ k, 2_716_044_179)
      }
    }
    for (let i = 0; i < 12; i++) this.next()
  }

  /** A number in [0, 1). */
  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0
    return (t >>> 0) / 4_294_967_296
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)]!
  }

  /** A random key of `weights`; a key with a larger weight is chosen more often. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
    const entries = Object.entries(weights) as [K, number][]
    let left = this.next() * entries.reduce((sum, [, w]) => sum + w, 0)
    for (const [key, weight] of entries) {
      left -= weight
      if (left < 0) return key
    }
    return entries.at(-1)![0]
  }

  /** A random value of an empirical distribution, which is given by its quantiles at equal steps from 0 to 1. */
  quantile(quantiles: readonly number[]): number {
    const at = this.next() * (quantiles.length - 1)
    const low = Math.floor(at)
    return quantiles[low]! + (quantiles[Math.min(low + 1, quantiles.length - 1)]! - quantiles[low]!) * (at - low)
  }

  digits(count: number): string {
    let out = ''
    for (let i = 0; i < count; i++) out += this.int(0, 9)
    return out
  }

  /** A UUIDv7 (RFC 9562 §5.7) for an instant, with its random part from this sequence. */
  uuid(at: number): string {
    const time = Math.floor(Math.max(0, at)).toString(16).padStart(12, '0')
    const hex = (bits: number) =>
      Math.floor(this.next() * 2 ** bits)
        .toString(16)
        .padStart(bits / 4, '0')
    const variant = (8 + Math.floor(this.next() * 4)).toString(16)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(12)}-${variant}${hex(12)}-${hex(24)}${hex(24)}`
  }
}
