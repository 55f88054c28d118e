/** A memory of what was used last. */

export interface RecentlyUsedOptions<V> {
  /** Of all values together; a value that weighs more than a quarter of it is not kept. */
  capacity: number
  weigh(value: V): number
}

export class RecentlyUsed<V> {
  readonly #values = new Map<string, V>()
  readonly #options: RecentlyUsedOptions<V>
  #weight = 0

  constructor(options: RecentlyUsedOptions<V>) {
    this.#options = options
  }

  get(key: string): V | undefined {
    const value = this.#values.get(key)
    if (value === undefined) return undefined
    // A map keeps the order of insertion: re-inserting makes it the most recently used.
    this.#values.delete(key)
    this.#values.set(key, value)
    return value
  }

  /** Takes the place of what was there. */
  set(key: string, value: V): void {
    const { capacity, weigh } = this.#options
    this.#remove(key)
    if (weigh(value) > capacity / 4) return
    this.#values.set(key, value)
    this.#weight += weigh(value)
    for (const oldest of this.#values.keys()) {
      if (this.#weight <= capacity) break
      this.#remove(oldest)
    }
  }

  clear(): void {
    this.#values.clear()
    this.#weight = 0
  }

  #remove(key: string): void {
    const value = this.#values.get(key)
    if (value === undefined) return
    this.#values.delete(key)
    this.#weight -= this.#options.weigh(value)
  }
}
