import { addImport } from '../edit/imports'
import { lineEndAt, startsLine, withHeadComment } from '../edit/layout'
import { endOf } from '../edit/read-tree'
import { referencesIn } from '../edit/references'
import { removeValue } from '../edit/remove'
import type { EditResult } from '../edit/result'
import { sealedSecretAt } from '../edit/sealed'
import { setValue } from '../edit/set'
import type { Span } from '../edit/source'
import { nodeAt, type TreeEntry, type TreeNode, walk } from '../edit/tree'
import { wrapSecret } from '../edit/wrap'
import type { PropertyPath } from '../syntax/path'
import { expectedAt } from './complete-arguments'
import { type Outline, readOutline } from './outline'
import { isType, propertiesOf, typeInWords } from './schema-view'
import { Scope } from './scope'
import { callIndex, spotAt } from './spot'
import { editBetween, toTextEdits } from './text-edits'
import type { CodeAction, LanguageContext } from './types'

interface Request {
  readonly text: string
  readonly selection: Span
  readonly scope: Scope
}

/** What can be done with a selection; see `LanguageService.codeActions`. */
export function codeActions(text: string, selection: Span, context: LanguageContext): CodeAction[] {
  const scope = new Scope(readOutline(text), context)
  if (scope.outline.tree.diagnostics.length > 0) return []
  const request = { text, selection, scope }
  return [
    encryptSelection(request),
    addMissingInputs(request),
    setDuration(request),
    extractToImport(request),
    ...aboutSealed(request),
  ].filter((action) => action !== undefined)
}

function encryptSelection({ text, selection }: Request): CodeAction | undefined {
  const result = wrapSecret(text, selection)
  if (!result.ok) return undefined
  return {
    id: 'encrypt-selection',
    title: 'Make this value a secret',
    edits: toTextEdits(text, result.splices),
  }
}

/** The path of the collection around the selection, and of the innermost call in it. */
function placeOf({ scope, selection }: Request): { path: PropertyPath; call: number } | undefined {
  const { tree, values } = scope.outline
  const spot = spotAt(tree.roots[0], selection[0])
  if (spot === undefined || values === undefined) return undefined
  const isCollection = spot.node.kind === 'map' || spot.node.kind === 'seq'
  const ownCall = spot.role === 'key' && callIndex(spot.path) === spot.path.length - 1
  const path = isCollection || ownCall ? spot.path : spot.path.slice(0, -1)
  const call = callIndex(path)
  return call < 0 ? undefined : { path, call }
}

/** Required properties that are missing around the selection, the innermost object first. */
function addMissingInputs(request: Request): CodeAction | undefined {
  const place = placeOf(request)
  if (place === undefined) return undefined
  for (let depth = place.path.length; depth > place.call; depth--) {
    const path = place.path.slice(0, depth)
    const missing = missingAt(request, path)
    if (missing.length === 0) continue
    const after = missing.reduce<string | undefined>((text, [name, value]) => {
      return text === undefined ? undefined : textOf(setValue(text, [...path, name], value))
    }, request.text)
    if (after === undefined) return undefined
    const names = missing.map(([name]) => name).join(', ')
    return { id: 'add-missing-input', title: `Add ${names}`, edits: editBetween(request.text, after) }
  }
  return undefined
}

function missingAt({ scope }: Request, path: PropertyPath): [name: string, value: string][] {
  const expected = expectedAt({ scope }, path.slice(1))
  const node = nodeAt(scope.outline.tree.roots[0], path)
  const isEmpty = node?.kind === 'scalar' && node.text === ''
  if (expected === undefined || (node?.kind !== 'map' && !isEmpty)) return []
  const present = new Set(node.kind === 'map' ? node.entries.map((entry) => entry.name) : [])
  return propertiesOf(expected)
    .filter(({ name, required }) => required && !present.has(name))
    .map(({ name, view }) => [
      name,
      isType(view, 'object') ? '{}' : typeInWords(view) === 'string' ? '""' : '',
    ])
}

function textOf(result: EditResult): string | undefined {
  return result.ok ? result.text : undefined
}

/** New roles in AWS allow one hour, the provider asks for two unless told otherwise. */
function setDuration(request: Request): CodeAction | undefined {
  const place = placeOf(request)
  if (place?.path[place.call] !== 'fn::open::aws-login') return undefined
  const oidc = [...place.path.slice(0, place.call + 1), 'oidc']
  const node = nodeAt(request.scope.outline.tree.roots[0], oidc)
  if (node?.kind !== 'map' || node.entries.some((entry) => entry.name === 'duration')) return undefined
  const result = setValue(request.text, [...oidc, 'duration'], '1h')
  if (!result.ok) return undefined
  return { id: 'set-duration', title: 'Set duration: 1h', edits: toTextEdits(request.text, result.splices) }
}

/** Whole top-level values that depend on nothing else here can live in an environment of their own. */
function extractToImport(request: Request): CodeAction | undefined {
  const { text, scope } = request
  const entries = selectedEntries(request)
  const [first] = entries
  if (first?.name === undefined || !isMovable(text, scope.outline, entries)) return undefined
  const names = entries.map((entry) => entry.name ?? '')
  const section =
    scope.outline.root?.entries.find((entry) => entry.value === scope.outline.values)?.name ?? 'values'
  const suggestedName = `${scope.context.environment?.split('/')[0] ?? 'default'}/${first.name}`
  const paths = names.map((name) => [section, name])
  const after = moveToImport(text, paths, suggestedName)
  if (!after.ok) return undefined
  return {
    id: 'extract-to-import',
    title: `Move ${names.join(', ')} to an environment of its own`,
    edits: editBetween(text, after.text),
    newEnvironment: {
      text: `values:\n${entries.map((entry) => linesOf(scope.outline, entry)).join('\n')}\n`,
      suggestedName,
      paths,
    },
  }
}

/** Takes values out of a text and imports the environment that holds them from now on. */
export function moveToImport(text: string, paths: readonly PropertyPath[], name: string): EditResult {
  let at = text
  for (const path of paths) {
    const removed = removeValue(at, path)
    if (!removed.ok) return removed
    at = removed.text
  }
  return addImport(at, name)
}

/** What only a server can do: open the secret under the cursor, or seal one of another environment for this one. */
function aboutSealed({ text, selection, scope }: Request): CodeAction[] {
  const secret = text.includes('ciphertext') ? sealedSecretAt(text, selection[0]) : undefined
  if (secret === undefined) return []
  const isForeign = scope.context.foreignSecrets?.includes(secret.pathText) ?? false
  const reseal = { id: 'reseal-here', title: 'Encrypt this secret anew for this environment' } as const
  const decrypt = { id: 'decrypt-here', title: 'Decrypt this secret here' } as const
  return (isForeign ? [reseal, decrypt] : [decrypt]).map((action) => ({ ...action, edits: [], secret }))
}

function selectedEntries({ selection: [from, to], scope }: Request): TreeEntry[] {
  const { values, tree } = scope.outline
  if (values?.kind !== 'map' || values.flow || from === to) return []
  const touched = values.entries.filter((entry) => entry.start < to && endOf(entry.value) > from)
  const whole = touched.every(
    (entry) => from <= entry.key.span[1] && to >= endOf(entry.value) && startsLine(tree, entry.start),
  )
  return whole ? touched : []
}

/** Ciphertexts belong to their environment, and references must find what they name among what is moved. */
function isMovable(text: string, { values }: Outline, entries: readonly TreeEntry[]): boolean {
  if (values?.kind !== 'map' || entries.length === values.entries.length) return false
  const names = new Set<unknown>([...entries.map((entry) => entry.name), 'context', 'environments'])
  let movable = true
  const visit = (node: TreeNode) => {
    if (node.path.endsWith('["fn::secret"].ciphertext')) movable = false
    if (node.kind !== 'scalar') return
    movable &&= referencesIn(text, node).every(({ accessors }) => names.has(accessors[0]?.path[0]))
  }
  for (const entry of entries) walk(entry.value, visit)
  return movable
}

function linesOf({ tree }: Outline, entry: TreeEntry): string {
  return tree.source.text.slice(withHeadComment(tree, entry), lineEndAt(tree, endOf(entry.value)))
}
