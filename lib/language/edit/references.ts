import type { PropertyPath } from '../syntax/path'
import type { Span } from './source'
import type { TreeScalar } from './tree'

/** An accessor of a reference in the source text. */
export interface ReferenceSpot {
  /** The accessors up to and including this one. */
  readonly path: PropertyPath
  /** Where it stands, without its dot. */
  readonly span: Span
}

export interface Reference {
  /** From `${` to the closing brace, or as far as it goes. */
  readonly span: Span
  readonly accessors: readonly ReferenceSpot[]
}

/** The references in the source text of a scalar, leniently read (language.md §7.2): whatever is there counts. */
export function referencesIn(text: string, node: TreeScalar): readonly Reference[] {
  const references: Reference[] = []
  const source = text.slice(0, node.span[1])
  const opening = /\$\$|\$\{/g
  opening.lastIndex = node.span[0]
  for (let match = opening.exec(source); match !== null; match = opening.exec(source)) {
    if (match[0] === '$$') continue
    const accessors = readAccessors(source, opening.lastIndex, node)
    const end = accessors.at(-1)?.span[1] ?? opening.lastIndex
    const closed = source[end] === '}' ? end + 1 : end
    references.push({ span: [match.index, closed], accessors })
    opening.lastIndex = closed
  }
  return references
}

/** The accessor at an offset of a scalar. */
export function referenceAt(text: string, node: TreeScalar, offset: number): ReferenceSpot | undefined {
  return referencesIn(text, node)
    .flatMap((reference) => reference.accessors)
    .find(({ span }) => span[0] <= offset && offset <= span[1])
}

const accessor = /\.?([^.[\]}\s"]+)|\["((?:\\"|[^"\r\n])*)(?:"\]?)?|\[([+-]?\d*)\]?|\./y
/** Inside double quotes those of a key are escaped. */
const escapedAccessor = /\.?([^.[\]}\s"\\]+)|\[\\"((?:\\\\\\"|[^"\\\r\n])*)(?:\\"\]?)?|\[([+-]?\d*)\]?|\./y

function readAccessors(source: string, start: number, { style }: TreeScalar): ReferenceSpot[] {
  const pattern = new RegExp(style === 'double' ? escapedAccessor : accessor)
  const spots: ReferenceSpot[] = []
  const path: (string | number)[] = []
  pattern.lastIndex = start
  for (let from = start; ; from = pattern.lastIndex) {
    const match = pattern.exec(source)
    if (match === null) return spots
    path.push(elementOf(match))
    const dot = source[from] === '.' ? 1 : 0
    spots.push({ path: [...path], span: [from + dot, pattern.lastIndex] })
  }
}

function elementOf([, name, key, index]: RegExpExecArray): string | number {
  if (name !== undefined) return name
  if (key !== undefined) return key.replaceAll('\\\\\\"', '"').replaceAll('\\"', '"')
  return index === undefined || index === '' ? '' : Number(index)
}
