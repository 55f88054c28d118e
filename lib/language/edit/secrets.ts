import { parsePropertyPath } from '../syntax/path'
import type { EditDiagnostic } from './diagnostic'
import { formatScalar, quote } from './format'
import { readTree } from './read-tree'
import { applySplices, type Span, type Splice, type TextRange } from './source'
import {
  isString,
  type Tree,
  type TreeEntry,
  type TreeMap,
  type TreeNode,
  type TreeScalar,
  walk,
} from './tree'

/** Turns one secret into its counterpart. `path` is the document path of the `fn::secret` call. */
export type SecretTransform = (text: string, path: string) => Promise<string>

export interface SecretsResult {
  /** The new text; the text given when there are diagnostics of severity error or nothing was to be done. */
  readonly text: string
  /** How many secrets were replaced. */
  readonly sealed: number
  readonly diagnostics: readonly EditDiagnostic[]
}

/** A secret of a definition; its value is not part of this description. */
export interface SecretCall {
  /** Document path of the call, e.g. `values.password`. */
  readonly path: string
  readonly sealed: boolean
  /** The argument of `fn::secret`. */
  readonly range: TextRange
}

/**
 * Replaces the plaintext of every `fn::secret`, wherever it stands, by `{ciphertext: …}` (language.md §18). `encrypt`
 * gets the raw text of the scalar and returns the ciphertext text (an envelope in base64). No byte outside the
 * arguments changes. A text with YAML errors, or with a `fn::secret` that cannot be sealed because its argument is
 * not a string, comes back unchanged with diagnostics. Rejects only when `encrypt` does.
 */
export async function encryptSecrets(text: string, encrypt: SecretTransform): Promise<SecretsResult> {
  const tree = readTree(text)
  const calls = findCalls(tree)
  const diagnostics = [...tree.diagnostics, ...calls.flatMap((call) => unsealable(tree, call))]
  if (diagnostics.length > 0) return { text, sealed: 0, diagnostics }
  const open = calls.filter((call) => call.plaintext !== undefined)
  const splices = await Promise.all(
    open.map(async ({ map, entry, plaintext }) => {
      if (plaintext === undefined) return []
      return sealSplices(tree, { map, entry, plaintext }, await encrypt(plaintext.text, map.path))
    }),
  )
  return { text: applySplices(text, splices.flat()), sealed: open.length, diagnostics }
}

/**
 * The inverse of {@link encryptSecrets}: replaces the argument of every sealed `fn::secret` below `values`
 * (language.md §18) by its plaintext. `decrypt` gets the ciphertext text. The values are restored; the style in which a
 * plaintext was written is not, a suitable one is chosen. Rejects only when `decrypt` does.
 */
export async function decryptSecrets(text: string, decrypt: SecretTransform): Promise<SecretsResult> {
  const tree = readTree(text)
  if (tree.diagnostics.length > 0) return { text, sealed: 0, diagnostics: tree.diagnostics }
  const sealed = findCalls(tree).filter((call) => call.ciphertext !== undefined && isInValues(call.map.path))
  const splices = await Promise.all(
    sealed.map(async (call) => {
      const plaintext = await decrypt(call.ciphertext?.text ?? '', call.map.path)
      return openSplices(tree, call, plaintext)
    }),
  )
  return { text: applySplices(text, splices.flat()), sealed: sealed.length, diagnostics: [] }
}

/** Lists every `fn::secret` with a string or a ciphertext, in the order of the text. Works on broken texts too. */
export function listSecrets(text: string): readonly SecretCall[] {
  const tree = readTree(text)
  return findCalls(tree).flatMap(({ map, entry, plaintext, ciphertext }) =>
    plaintext === undefined && ciphertext === undefined
      ? []
      : [{ path: map.path, sealed: plaintext === undefined, range: tree.source.range(entry.value.span) }],
  )
}

interface Call {
  readonly map: TreeMap
  readonly entry: TreeEntry
  readonly plaintext?: TreeScalar
  readonly ciphertext?: TreeScalar
}

function findCalls(tree: Tree): Call[] {
  const calls: Call[] = []
  for (const root of tree.roots) {
    walk(root, (node) => {
      if (node.kind !== 'map') return
      const [entry] = node.entries
      if (entry?.name === 'fn::secret' && node.entries.length === 1) calls.push(readCall(node, entry))
    })
  }
  return calls
}

function readCall(map: TreeMap, entry: TreeEntry): Call {
  const { value } = entry
  if (isString(value)) return { map, entry, plaintext: value }
  const inner = value.kind === 'map' && value.entries.length === 1 ? value.entries[0] : undefined
  if (inner?.name !== 'ciphertext' || !isString(inner.value)) return { map, entry }
  return { map, entry, ciphertext: inner.value }
}

function unsealable(tree: Tree, { entry, plaintext, ciphertext }: Call): EditDiagnostic[] {
  if (plaintext !== undefined || ciphertext !== undefined) return []
  const range = tree.source.range(entry.value.span)
  const summary = 'secret values must be string literals'
  return [{ severity: 'error', code: 'secret.not-a-string', summary, range }]
}

function isInValues(path: string): boolean {
  const parsed = parsePropertyPath(path)
  return parsed.ok && String(parsed.path[0]).toLowerCase() === 'values'
}

type OpenCall = Call & { readonly plaintext: TreeScalar }

/** `ciphertext: …` goes below the key in block style and in braces inside flow collections, as §18 has it. */
function sealSplices(tree: Tree, { map, entry, plaintext }: OpenCall, ciphertext: string): Splice[] {
  const untagged = dropTag(tree, entry)
  if (map.flow || map.inFlow)
    return [...untagged, { span: plaintext.span, text: sealInBraces(entry, ciphertext) }]
  const value = formatScalar(ciphertext, { inFlow: false })
  const below = `${tree.source.lineBreak}${' '.repeat(map.indent + 2)}ciphertext: ${value}`
  const ownLine = isFirstOnLine(tree, plaintext.span[0])
  if (plaintext.block !== undefined) return [...untagged, ...sealBlockScalar(tree, plaintext, below)]
  if (ownLine) return [...untagged, { span: plaintext.span, text: `ciphertext: ${value}` }]
  return [...untagged, { span: withBlanksBefore(tree, plaintext.span), text: below }]
}

/** Beside a double-quoted key everything is quoted, so that JSON stays JSON. */
function sealInBraces(entry: TreeEntry, ciphertext: string): string {
  if (isDoubleQuoted(entry.key)) return `{"ciphertext": ${quote(ciphertext)}}`
  return `{ciphertext: ${formatScalar(ciphertext, { inFlow: true })}}`
}

function isDoubleQuoted(node: TreeNode): boolean {
  return node.kind === 'scalar' && node.style === 'double'
}

/** The comment behind a block scalar's header stays, now behind the ciphertext. */
function sealBlockScalar(tree: Tree, scalar: TreeScalar, below: string): Splice[] {
  const { block } = scalar
  if (block?.comment === undefined) return [{ span: withBlanksBefore(tree, scalar.span), text: below }]
  return [
    { span: withBlanksBefore(tree, block.header), text: below },
    { span: [block.comment[1], scalar.span[1]], text: '' },
  ]
}

/** A tag belonged to the argument; on what takes its place it would be wrong. */
function dropTag(tree: Tree, { value }: TreeEntry): Splice[] {
  return value.tagSpan === undefined ? [] : [{ span: withBlanksBefore(tree, value.tagSpan), text: '' }]
}

function openSplices(tree: Tree, call: Call, plaintext: string): Splice[] {
  const { map, entry, ciphertext } = call
  if (ciphertext === undefined) return []
  const argument = entry.value
  const braces = argument.kind === 'map' && argument.flow
  const end = braces ? argument.span[1] : ciphertext.span[1]
  if (map.inFlow || map.flow) {
    const value = isDoubleQuoted(entry.key) ? quote(plaintext) : formatScalar(plaintext, { inFlow: true })
    return [{ span: [argument.span[0], end], text: value }]
  }
  const { lineBreak } = tree.source
  const value = formatScalar(plaintext, { inFlow: false, indent: map.indent + 2, lineBreak })
  const stays = entry.commentsBeforeValue.length > 0 || argument.anchorSpan !== undefined
  if (!stays) return splitAroundComment(tree, [entry.valueStart, end], ` ${value}`)
  return [...dropTag(tree, entry), ...splitAroundComment(tree, [argument.span[0], end], value)]
}

/** A comment behind the ciphertext goes behind the header when the plaintext becomes a block scalar. */
function splitAroundComment(tree: Tree, span: Span, value: string): Splice[] {
  const { source } = tree
  const lineEnd = source.lineEnd(source.positionAt(span[1]).line)
  const body = value.search(/\r?\n/)
  if (body < 0) return [{ span, text: value }]
  // The value ends in a line break, which the end of the text would not give it.
  const ending = lineEnd === source.text.length && !value.slice(0, body).includes('-') ? source.lineBreak : ''
  if (source.text.slice(span[1], lineEnd).trim() === '') return [{ span, text: value + ending }]
  return [
    { span, text: value.slice(0, body) },
    { span: [lineEnd, lineEnd], text: value.slice(body) + ending },
  ]
}

function isFirstOnLine(tree: Tree, offset: number): boolean {
  const { source } = tree
  return (
    source.text.slice(source.lineStart(source.positionAt(offset).line), offset).replaceAll(' ', '') === ''
  )
}

function withBlanksBefore(tree: Tree, [start, end]: Span): Span {
  let from = start
  while (' \t'.includes(tree.source.text[from - 1] ?? '\n')) from--
  return [from, end]
}
