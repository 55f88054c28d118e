import { readAccess } from '../edit/access'
import { SourceText } from '../edit/source'
import { nodeAt, type TreeMap } from '../edit/tree'
import type { PropertyPath } from '../syntax/path'
import { completeArgument, expectedAt } from './complete-arguments'
import { completeImport } from './complete-imports'
import { completeReference } from './complete-references'
import { type Cursor, locateCursor } from './cursor'
import { readOutline } from './outline'
import { Scope } from './scope'
import { nestedKey, type Request, type Suggestion } from './suggestion'
import type { CompletionItem, LanguageContext } from './types'

/** Suggestions for a place in a text; see `LanguageService.complete`. */
export function complete(text: string, offset: number, context: LanguageContext): CompletionItem[] {
  const cursor = locateCursor(text, offset)
  const outline = readOutline(cursor.inFlow ? text : withoutLine(text, offset), offset)
  const holder = nodeAt(outline.tree.roots[0], cursor.path)
  const siblings = new Set(holder?.kind === 'map' ? namesBeside(holder, offset) : [])
  const request = { cursor, context, siblings, scope: new Scope(outline, context) }
  const source = new SourceText(text)
  return suggest(request)
    .filter((item) => matches(item, cursor))
    .map(({ span, ...item }, index) => ({
      ...item,
      range: source.range(span ?? cursor.word),
      sortText: String(index).padStart(4, '0'),
    }))
}

function namesBeside(holder: TreeMap, offset: number): string[] {
  const others = holder.entries.filter(({ key, valueStart }) => offset < key.span[0] || offset > valueStart)
  return others.map((entry) => entry.name ?? '')
}

function suggest(request: Request): Suggestion[] {
  const { cursor } = request
  const top = typeof cursor.path[0] === 'string' ? cursor.path[0].toLowerCase() : undefined
  if (cursor.place === 'text') return []
  if (cursor.place === 'reference') return top === 'values' ? completeReference(request) : []
  if (cursor.path.length === 0) return cursor.place === 'key' ? topLevelKeys(request) : []
  if (top === 'imports') return completeImport(request)
  return top === 'values' ? completeValue(request) : []
}

function topLevelKeys({ siblings }: Request): Suggestion[] {
  const keys = [
    {
      label: 'imports',
      insertText: 'imports:\n  - ',
      description: 'Environments merged below this one, in order.',
      again: true,
    },
    {
      label: 'values',
      insertText: 'values:\n  ',
      description: 'Configuration, secrets and calls.',
      again: true,
    },
    { label: 'description', insertText: 'description: ', description: 'What this environment is for.' },
  ] as const
  const present = new Set([...siblings].map((name) => name.toLowerCase()))
  return keys.filter((key) => !present.has(key.label)).map((key) => ({ kind: 'key', ...key }))
}

const projections = [
  { label: 'environmentVariables', description: 'Exported to commands as environment variables.' },
  {
    label: 'files',
    description: 'Written to temporary files; each key is the variable that holds the path.',
  },
  { label: 'pulumiConfig', description: 'Configuration for Pulumi stacks that import this environment.' },
] as const

function completeValue(request: Request): Suggestion[] {
  const { cursor, siblings } = request
  const path = cursor.path.slice(1)
  const expected = expectedAt(request, path)
  if (expected !== undefined) return completeArgument(request, expected)
  if (cursor.place === 'value') return []
  if (path.length > 0)
    return siblings.size > 0 ? inheritedKeys(request, path) : completeArgument(request, undefined)
  const own = projections
    .filter(({ label }) => !siblings.has(label))
    .map((item): Suggestion => ({ kind: 'key', ...item, ...nestedKey(cursor, item.label) }))
  return [...own, ...inheritedKeys(request, path)]
}

/** Keys that imports give here, to be overridden. */
function inheritedKeys({ scope, siblings }: Request, path: PropertyPath): Suggestion[] {
  return scope
    .members(path)
    .filter(({ name, known }) => known.value !== undefined && known.node === undefined && !siblings.has(name))
    .map(({ name, known }) => ({
      label: name,
      kind: 'key',
      insertText: `${name}: `,
      detail: `overrides ${known.value?.trace.def.environment ?? 'an import'}`,
    }))
}

/** The text with the line of `offset` blanked, so that what is being typed does not hide what stands around it. */
function withoutLine(text: string, offset: number): string {
  const source = new SourceText(text)
  const { line } = source.positionAt(offset)
  const [start, end] = [source.lineStart(line), source.lineEnd(line)]
  return text.slice(0, start) + ' '.repeat(end - start) + text.slice(end)
}

/** Suggestions keep to what is typed: its letters in order, whatever their case. */
function matches(item: Suggestion, cursor: Cursor): boolean {
  const typed = cursor.place === 'reference' ? readAccess(cursor.prefix).last : cursor.prefix.trimEnd()
  let at = 0
  const label = item.label.toLowerCase()
  for (const character of typed.toLowerCase()) {
    at = label.indexOf(character, at) + 1
    if (at === 0) return false
  }
  return true
}
