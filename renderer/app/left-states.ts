/** What a part of the screen was left as, by tab and name; whoever shows one of them learns of its changes. */
export class LeftStates extends Map<string, unknown> {
  readonly #listeners = new Set<() => void>()

  override set(key: string, value: unknown): this {
    super.set(key, value)
    for (const changed of this.#listeners) changed()
    return this
  }

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed)
    return () => void this.#listeners.delete(changed)
  }
}
