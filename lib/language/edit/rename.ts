import type { ScalarStyle } from '../syntax/node'
import type { PropertyPath } from '../syntax/path'
import { writeAccessor } from './access'
import { formatKey, formatScalar, quote } from './format'
import { startsLine } from './layout'
import { type Reference, type ReferenceSpot, referencesIn } from './references'
import {
  type EditFailure,
  type EditResult,
  failure,
  finish,
  isFailure,
  type PathInput,
  readForEdit,
  readPath,
} from './result'
import type { Splice } from './source'
import { entryOf, nodeAt, type Tree, type TreeEntry, type TreeScalar, topLevel, walk } from './tree'

/** Names below `values` that references use for something else (language.md §10). */
const reserved: ReadonlySet<string> = new Set(['imports', 'context', 'environments'])

/**
 * Renames the key that a path below `values` leads to, together with every reference to it in the same document.
 * References in other environments are not looked at.
 */
export function renameKey(text: string, input: PathInput, name: string): EditResult {
  const path = readPath(input)
  const tree = readForEdit(text)
  if (isFailure(path)) return path
  if (isFailure(tree)) return tree
  const found = findKey(tree, path, name)
  if (isFailure(found)) return found
  const references = findReferences(tree, path.slice(1)).map((reference) =>
    renameReference(text, reference, name),
  )
  const failed = references.find(isFailure)
  if (failed !== undefined) return failed
  const splices = [
    renamed(tree, found, name),
    ...references.filter((splice): splice is Splice => !isFailure(splice)),
  ]
  const there = [...path.slice(0, -1), name]
  return finish(text, splices, (after) => {
    const renaming = { path: path.slice(1), name }
    return nodeAt(after.roots[0], there) !== undefined && isRenamed(tree, after, renaming)
  })
}

function findKey(tree: Tree, path: PropertyPath, name: string): TreeEntry | EditFailure {
  const [top] = path
  const last = path.at(-1)
  if (
    typeof top !== 'string' ||
    top.toLowerCase() !== 'values' ||
    path.length < 2 ||
    typeof last !== 'string'
  ) {
    return failure('edit.path', 'only keys below values can be renamed')
  }
  if (last.startsWith('fn::')) return failure('edit.path', 'a function cannot be renamed')
  const holder = nodeAt(tree.roots[0], path.slice(0, -1))
  const entry = entryOf(holder, last)
  if (entry === undefined) return failure('edit.not-found', 'there is no such key')
  if (entryOf(holder, name) !== undefined)
    return failure('edit.duplicate', 'there is already a key with this name')
  return checkName(name, path.length === 2) ?? entry
}

function checkName(name: string, isTop: boolean): EditFailure | undefined {
  if (name === '') return failure('edit.name', 'a key needs a name')
  if (name.toLowerCase().startsWith('fn::')) return failure('edit.name', "'fn::' is a reserved prefix")
  if (name.includes('${')) return failure('edit.name', 'a key cannot hold a reference')
  return isTop && reserved.has(name) ? failure('edit.name', 'this name is reserved') : undefined
}

/** The key keeps its quotes. */
function renamed(tree: Tree, { key }: TreeEntry, name: string): Splice {
  const style = key.kind === 'scalar' ? key.style : 'plain'
  if (style === 'double') return { span: key.span, text: quote(name) }
  if (style === 'single') return { span: key.span, text: `'${name.replaceAll("'", "''")}'` }
  const inBrackets = formatScalar(name, { inFlow: true })
  return { span: key.span, text: startsLine(tree, key.span[0]) ? formatKey(name) : inBrackets }
}

interface FoundReference {
  readonly scalar: TreeScalar
  readonly spot: ReferenceSpot
}

/** The accessors that name the key: at the same place in the path of a reference. */
function findReferences(tree: Tree, path: PropertyPath): FoundReference[] {
  return allReferences(tree).flatMap(({ scalar, reference }) => {
    const spot = reference.accessors[path.length - 1]
    return spot !== undefined && startsWith(spot.path, path) ? [{ scalar, spot }] : []
  })
}

function startsWith(path: PropertyPath, prefix: PropertyPath): boolean {
  return prefix.every((element, at) => element === path[at])
}

/** Every reference below `values`; what stands in `fn::secret` is text. */
function allReferences(tree: Tree): { readonly scalar: TreeScalar; readonly reference: Reference }[] {
  const found: { scalar: TreeScalar; reference: Reference }[] = []
  const values = topLevel(tree, 'values')?.value
  if (values === undefined) return found
  walk(values, (node) => {
    if (node.kind !== 'scalar' || node.path.includes('["fn::secret"]')) return
    for (const reference of referencesIn(tree.source.text, node)) found.push({ scalar: node, reference })
  })
  return found
}

function renameReference(text: string, { scalar, spot }: FoundReference, name: string): Splice | EditFailure {
  const [start, end] = spot.span
  const dotted = text[start - 1] === '.'
  const written = writeAccessor(name, spot.path.length === 1 ? 'first' : 'further')
  if (written.includes('"') && scalar.style === 'plain' && scalar.inFlow) {
    return failure('edit.unsupported', 'a reference to the key stands where this name cannot be written')
  }
  const quoted = quoteWithin(written, scalar.style)
  return { span: [dotted ? start - 1 : start, end], text: quoted }
}

function quoteWithin(text: string, style: ScalarStyle): string {
  if (style === 'double') return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return style === 'single' ? text.replaceAll("'", "''") : text
}

/** The keys and references of the new text are those of the old one with the new name in its places. */
function isRenamed(before: Tree, after: Tree, { path, name }: { path: PropertyPath; name: string }): boolean {
  const depth = path.length - 1
  const rename = (steps: PropertyPath) => (startsWith(steps, path) ? steps.toSpliced(depth, 1, name) : steps)
  const paths = (tree: Tree) =>
    allReferences(tree).map(({ reference }) => reference.accessors.at(-1)?.path ?? [])
  const [old, found] = [paths(before).map(rename), paths(after)]
  return old.length === found.length && old.every((steps, at) => steps.join('\n') === found[at]?.join('\n'))
}
