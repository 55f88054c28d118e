/** The deepest nesting of collections that the reference's scanner accepts (spec §3). */
export const MAX_DEPTH = 10_000

/** The columns of the open block collections. */
export class IndentStack {
  private columns: number[] = []
  current = -1

  /** @returns false when the nesting is too deep */
  push(column: number): boolean {
    this.columns.push(this.current)
    this.current = column
    return this.columns.length <= MAX_DEPTH
  }

  pop(): void {
    this.current = this.columns.pop() ?? -1
  }
}
