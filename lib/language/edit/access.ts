import type { PropertyPath } from '../syntax/path'

/** A property access as far as it is typed: the text between `${` and the cursor (or the closing brace). */
export interface PartialAccess {
  /** The accessors before the last one. */
  readonly before: PropertyPath
  /** The text of the last accessor. */
  readonly last: string
  /** Offset of the last accessor, its `.` or `[` included. */
  readonly lastStart: number
  /** All accessors. */
  readonly path: PropertyPath
  /** Where each accessor stands, its `.` or `[` included. */
  readonly accessors: readonly {
    readonly element: string | number
    readonly start: number
    readonly end: number
  }[]
}

/** Reads an access leniently (language.md §7.2): whatever is there counts. */
export function readAccess(text: string): PartialAccess {
  const accessors: { element: string | number; start: number; end: number }[] = []
  const pattern = /\.?([^.[\]}\s]+)|\["((?:\\"|[^"])*)(?:"\]?)?|\[([+-]?\d*)\]?|\./y
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex
    const match = pattern.exec(text)
    if (match === null) break
    accessors.push({ element: elementOf(match), start, end: pattern.lastIndex })
  }
  const last = accessors.at(-1)
  const path = accessors.map((accessor) => accessor.element)
  return {
    before: path.slice(0, -1),
    last: String(last?.element ?? ''),
    lastStart: last?.start ?? 0,
    path,
    accessors,
  }
}

function elementOf(match: RegExpExecArray): string | number {
  const [, name, key, index] = match
  if (name !== undefined) return name
  if (key !== undefined) return key.replaceAll('\\"', '"')
  return index === undefined || index === '' ? '' : Number(index)
}

/** Writes an accessor: a name behind a dot where it is one, else in brackets. */
export function writeAccessor(name: string, place: 'first' | 'further'): string {
  if (/^[A-Za-z_][\w-]*$/.test(name)) return place === 'first' ? name : `.${name}`
  return `["${name.replaceAll('"', '\\"')}"]`
}
