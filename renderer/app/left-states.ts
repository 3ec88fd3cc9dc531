/**
 * The state in which each part of the screen was left, by tab and name. A component that shows one of them is told of
 * its changes.
 */
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
