import { isEntry } from '../edit/layout'
import { referenceAt } from '../edit/references'
import { SourceText, type TextRange } from '../edit/source'
import { slotOf, type TreeNode } from '../edit/tree'
import type { ExportedValue } from '../eval/evaluation'
import type { PropertyPath } from '../syntax/path'
import { readOutline } from './outline'
import { Scope, textOf } from './scope'
import { type Spot, spotAt } from './spot'
import type { LanguageContext, Location } from './types'

/** Where the thing at an offset is defined; see `LanguageService.definitionAt`. */
export function definitionAt(text: string, offset: number, context: LanguageContext): Location | undefined {
  const scope = new Scope(readOutline(text, offset), context)
  const spot = spotAt(scope.outline.tree.roots[0], offset)
  if (spot === undefined || spot.node.kind !== 'scalar') return undefined
  const [top, ...path] = spot.path
  if (typeof top !== 'string') return undefined
  if (top.toLowerCase() === 'imports') return importedEnvironment(spot)
  if (top.toLowerCase() !== 'values') return undefined
  if (spot.role === 'key') return overridden(scope, path)
  const reference = referenceAt(text, spot.node, offset)
  return reference === undefined ? undefined : target({ text, scope }, reference.path)
}

function importedEnvironment({ node, path }: Spot): Location | undefined {
  const name = path.length <= 3 ? textOf(node)?.split('@')[0] : undefined
  return name === undefined || name === '' ? undefined : { environment: name }
}

/** From a key to what it overrides. */
function overridden(scope: Scope, path: PropertyPath): Location | undefined {
  const base = scope.resolve(path)?.value?.trace.base
  return base === undefined ? undefined : madeAt(scope, base)
}

interface Question {
  readonly text: string
  readonly scope: Scope
}

function target({ text, scope }: Question, path: PropertyPath): Location | undefined {
  const [head, ...rest] = path
  if (head === 'environments')
    return rest.length < 2 ? undefined : { environment: rest.slice(0, 2).join('/') }
  if (head === 'imports' && rest.length === 1) return { environment: String(rest[0]).split('@')[0] ?? '' }
  const own =
    head === 'imports' || head === 'context' ? undefined : keyRange(text, scope.outline.values, path)
  if (own !== undefined) return { range: own }
  const value = scope.resolve(path)?.value
  return value === undefined ? undefined : madeAt(scope, value)
}

/** The key, or the element, that a path leads to in the text itself. */
function keyRange(text: string, values: TreeNode | undefined, path: PropertyPath): TextRange | undefined {
  let node = values
  for (const [at, element] of path.entries()) {
    const slot = slotOf(node, element)
    if (slot === undefined) return undefined
    if (at === path.length - 1)
      return new SourceText(text).range(isEntry(slot) ? slot.key.span : slot.value.span)
    node = slot.value
  }
  return undefined
}

function madeAt(scope: Scope, value: ExportedValue): Location | undefined {
  const { environment, begin } = value.trace.def
  if (environment === undefined || begin.line === 0) return undefined
  const position = { line: begin.line, column: begin.column }
  if (environment !== scope.context.environment) return { environment, position }
  const { source } = scope.outline.tree
  const at = source.lineStart(begin.line) + begin.column - 1
  return { range: source.range([at, at]) }
}
