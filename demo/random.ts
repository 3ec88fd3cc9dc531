/** Seeded randomness (mulberry32 over a hashed seed): the same seed and path give the same numbers on every machine. */
export class Random {
  #state: number

  constructor(...path: readonly (string | number)[]) {
    // FNV-1a over the path, so that ("demo", 7) and ("demo", 8) share nothing.
    let hash = 2_166_136_261
    for (const ch of path.join('/')) hash = Math.imul(hash ^ ch.codePointAt(0)!, 16_777_619)
    this.#state = hash >>> 0
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from `low` to `high`, both possible. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)]!
  }

  /** A key of `weights`, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][]
    let left = this.next() * entries.reduce((sum, [, w]) => sum + w, 0)
    for (const [key, weight] of entries) {
      left -= weight
      if (left < 0) return key
    }
    return entries.at(-1)![0]
  }

  /** A value of an empirical distribution given by its quantiles at equal steps from 0 to 1. */
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

  /** A UUIDv7 (RFC 9562 §5.7) of an instant, its random part from this sequence. */
  uuid(at: number): string {
    const time = Math.floor(Math.max(0, at)).toString(16).padStart(12, '0')
    const hex = (bits: number) => Math.floor(this.next() * 2 ** bits).toString(16).padStart(bits / 4, '0')
    const variant = (8 + Math.floor(this.next() * 4)).toString(16)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(12)}-${variant}${hex(12)}-${hex(24)}${hex(24)}`
  }
}
