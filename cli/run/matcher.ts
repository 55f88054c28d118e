const noNode = -1

/**
 * Finds many byte strings at once while the text arrives piece by piece (Aho–Corasick). One automaton serves any
 * number of streams; a stream's state is the number of a node.
 */
export class Matcher {
  /** Next node by `node * 256 + byte`. */
  readonly #edges = new Map<number, number>()
  /** Whether a pattern begins with a byte; most bytes of an output are settled by this alone. */
  readonly #begins = new Uint8Array(256)
  readonly #fallback: number[] = [0]
  /** Length of the longest pattern that ends at a node; 0 for none. */
  readonly #longest: number[] = [0]
  readonly #depth: number[] = [0]
  /** The length of the longest pattern. */
  readonly reach: number

  constructor(patterns: Iterable<Uint8Array>) {
    let reach = 0
    for (const pattern of patterns) {
      reach = Math.max(reach, pattern.length)
      this.#add(pattern)
    }
    this.reach = reach
    this.#link()
  }

  /** The state before the first byte. */
  static readonly start = 0

  /** The state after one more byte. */
  step(state: number, byte: number): number {
    if (state === Matcher.start && this.#begins[byte] === 0) return Matcher.start
    let node = state
    for (;;) {
      const next = this.#edges.get(node * 256 + byte)
      if (next !== undefined) return next
      if (node === Matcher.start) return Matcher.start
      node = this.#fallback[node] ?? Matcher.start
    }
  }

  /** The length of the longest pattern that ends with the byte just read; 0 for none. */
  matched(state: number): number {
    return this.#longest[state] ?? 0
  }

  /** How many of the last bytes may be the beginning of a pattern. */
  pending(state: number): number {
    return this.#depth[state] ?? 0
  }

  #add(pattern: Uint8Array): void {
    let node = Matcher.start
    if (pattern[0] !== undefined) this.#begins[pattern[0]] = 1
    for (const byte of pattern) {
      let next = this.#edges.get(node * 256 + byte) ?? noNode
      if (next === noNode) {
        next = this.#depth.length
        this.#edges.set(node * 256 + byte, next)
        this.#depth.push((this.#depth[node] ?? 0) + 1)
        this.#longest.push(0)
        this.#fallback.push(Matcher.start)
      }
      node = next
    }
    if (node !== Matcher.start) this.#longest[node] = pattern.length
  }

  /** Breadth first, so that the fallback of a shorter prefix is known before a longer one needs it. */
  #link(): void {
    const edges = [...this.#edges].map(([key, child]) => ({
      parent: Math.floor(key / 256),
      byte: key % 256,
      child,
    }))
    edges.sort((a, b) => (this.#depth[a.child] ?? 0) - (this.#depth[b.child] ?? 0))
    for (const { parent, byte, child } of edges) {
      if (parent === Matcher.start) continue
      const fallback = this.step(this.#fallback[parent] ?? Matcher.start, byte)
      this.#fallback[child] = fallback
      this.#longest[child] = Math.max(this.#longest[child] ?? 0, this.#longest[fallback] ?? 0)
    }
  }
}
