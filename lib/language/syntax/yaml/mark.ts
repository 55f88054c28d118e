/** A place in the source: line and column from 0 in code points, offset in UTF-16 units. */
export interface Mark {
  readonly line: number
  readonly column: number
  /** Code points before this place. */
  readonly index: number
  readonly offset: number
}

export const START: Mark = { line: 0, column: 0, index: 0, offset: 0 }
