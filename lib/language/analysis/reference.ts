import type { Span } from '../edit/source'
import type { PropertyPath } from '../syntax/path'
import { readAccess } from './access'

/** An accessor of a reference in the source text. */
export interface ReferenceSpot {
  /** The accessors up to and including the one at the offset. */
  readonly path: PropertyPath
  /** Where that accessor stands, without its dot. */
  readonly span: Span
}

/** The accessor at an offset, when the offset is inside `${…}` of the scalar at `scalar`. */
export function referenceAt(text: string, scalar: Span, offset: number): ReferenceSpot | undefined {
  return referencesIn(text, scalar)
    .flatMap((reference) => reference.accessors)
    .find(({ span }) => span[0] <= offset && offset <= span[1])
}

export interface Reference {
  readonly span: Span
  readonly accessors: readonly ReferenceSpot[]
}

/**
 * The references in the source text of a scalar. Escapes of double-quoted scalars are not undone: names that need one
 * are found by nobody.
 */
export function referencesIn(text: string, [start, end]: Span): readonly Reference[] {
  const references: Reference[] = []
  const pattern = /\$\$|\$\{([^}\s]*)\}?/g
  pattern.lastIndex = start
  for (let match = pattern.exec(text); match !== null && match.index < end; match = pattern.exec(text)) {
    const inner = match[1]
    if (inner === undefined) continue
    references.push({ span: [match.index, pattern.lastIndex], accessors: spotsOf(inner, match.index + 2) })
  }
  return references
}

function spotsOf(inner: string, from: number): ReferenceSpot[] {
  const { accessors, path } = readAccess(inner)
  return accessors.map(({ start, end }, index) => {
    const dot = inner[start] === '.' ? 1 : 0
    return { path: path.slice(0, index + 1), span: [from + start + dot, from + end] }
  })
}
