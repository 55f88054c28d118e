/** Bounds on the work of one evaluation; crossing one gives the diagnostic named beside it. */
export interface Limits {
  /** `limit.bytes`: UTF-8 bytes of one definition. */
  readonly definitionBytes: number
  /** `limit.nodes`: YAML nodes of one definition. */
  readonly nodes: number
  /** `limit.depth`: nesting of collections in one definition, and of references while evaluating. */
  readonly depth: number
  /** `limit.aliases`: anchors and aliases of one definition (aliases are errors anyway, spec §3). */
  readonly aliases: number
  /** `limit.imports`: distinct environments loaded. */
  readonly imports: number
  /** `limit.calls`: provider and rotator calls. */
  readonly calls: number
  /** `limit.values`: values made while evaluating. */
  readonly values: number
  /** `limit.output`: bytes of all strings made by functions and interpolation. */
  readonly outputBytes: number
  /** `limit.time`: milliseconds of wall time, waiting included. */
  readonly milliseconds: number
  /** Milliseconds that one provider call or load may take. */
  readonly callMilliseconds: number
}

export const DEFAULT_LIMITS: Limits = Object.freeze({
  definitionBytes: 2 * 1024 * 1024,
  nodes: 200_000,
  depth: 500,
  aliases: 1_000,
  imports: 1_000,
  calls: 1_000,
  values: 1_000_000,
  outputBytes: 16 * 1024 * 1024,
  milliseconds: 120_000,
  callMilliseconds: 60_000,
})
