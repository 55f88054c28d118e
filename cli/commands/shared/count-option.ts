import { Failure } from '../../failure'

/** The option of commands that cut the list they received; 0 means all. */
export const countOption = {
  count: { kind: 'integer', help: 'the number of entries to show; 0 for all' },
} as const

/** The first `count` entries. */
export function firstOf<T>(list: readonly T[], count: number): readonly T[] {
  return count === 0 ? list : list.slice(0, count)
}

export function checkCount(count: number): void {
  if (count < 0) throw new Failure('USAGE', '--count must be non-negative')
}
