/** A place in a definition: line and column from 1, byte from 0; all zero when there is no place (spec §4). */
export interface Position {
  readonly line: number
  readonly column: number
  readonly byte: number
}

/** The half-open extent [begin, end) of something in the definition of one environment. */
export interface Range {
  readonly environment: string
  readonly begin: Position
  readonly end: Position
}

export const NO_POSITION: Position = Object.freeze({ line: 0, column: 0, byte: 0 })

/** The placeholder range of things without a place (spec §15.1). */
export function noRange(environment: string): Range {
  return { environment, begin: NO_POSITION, end: NO_POSITION }
}
