import { resolveScalar } from '../syntax/scalar-kind'
import { type Json, jsonNumber } from '../text/json'
import { stringifyJson } from '../text/json-write'
import { sameExcept } from './compare'
import { unescapeText } from './escape'
import { formatScalar, quote } from './format'
import { behindColon, behindDash, nest, readFragment } from './fragment'
import { indentStep, isEntry, startsLine } from './layout'
import { type EditResult, failure, finish, isFailure, readForEdit } from './result'
import type { Span, Splice } from './source'
import {
  scalarKind,
  type Tree,
  type TreeMap,
  type TreeNode,
  type TreeScalar,
  type TreeSequence,
  type TreeSlot,
  topLevel,
} from './tree'

/**
 * Makes the value at a selection a secret: a string becomes `fn::secret`, other literals `fn::fromJSON` of a secret, so
 * that they keep their type. Values with references in them cannot be secrets.
 */
export function wrapSecret(text: string, selection: Span): EditResult {
  const tree = readForEdit(text)
  if (isFailure(tree)) return tree
  const values = topLevel(tree, 'values')
  const found = values === undefined ? undefined : findValue(values.value, selection)
  if (found === undefined) return failure('edit.not-found', 'select one value below values')
  const secret = secretText(found.slot.value)
  if (secret === undefined)
    return failure('edit.not-literal', 'only text without references can become a secret')
  const splices = planWrap(tree, found, secret)
  return finish(text, splices, (after) => sameOutside(tree, after, found))
}

interface Found {
  readonly holder: TreeMap | TreeSequence
  readonly slot: TreeSlot
  readonly path: readonly (string | number)[]
}

/** The innermost value that holds the whole selection, unless it is in a secret already. */
function findValue(root: TreeNode, [from, to]: Span): Found | undefined {
  let found: Found | undefined
  let path: (string | number)[] = []
  for (let node: TreeNode | undefined = root; node?.kind === 'map' || node?.kind === 'seq'; ) {
    const holder: TreeMap | TreeSequence = node
    const slots: readonly TreeSlot[] = holder.kind === 'map' ? holder.entries : holder.items
    const at = slots.findIndex(({ value }) => value.span[0] <= from && to <= value.span[1])
    const slot = slots[at]
    if (slot === undefined) break
    const name = isEntry(slot) ? slot.name : at
    if (name === undefined || name === 'fn::secret') return undefined
    path = [...path, name]
    found = { holder, slot, path }
    node = slot.value
  }
  return found
}

/** What goes into `fn::secret`, and whether it is JSON of the value. */
function secretText(value: TreeNode): { text: string; json: boolean } | undefined {
  if (value.kind !== 'scalar') return undefined
  if (scalarKind(value) === 'string') {
    const text = unescapeText(value.text)
    return text === undefined || /\$[${]/.test(text) ? undefined : { text, json: false }
  }
  const data = literal(value)
  return data === undefined ? undefined : { text: stringifyJson(data), json: true }
}

/** Undefined for numbers that JSON does not have. */
function literal({ text }: TreeScalar): Json | undefined {
  const resolved = resolveScalar(text, { timestamps: false })
  if (resolved.kind === 'boolean') return resolved.value
  const isNumber = resolved.kind === 'int' || resolved.kind === 'float'
  return isNumber && /\d/.test(resolved.value) ? jsonNumber(resolved.value) : undefined
}

/** A plain wrap keeps the scalar as it is written; it only moves below its new key. */
function planWrap(tree: Tree, { holder, slot }: Found, secret: { text: string; json: boolean }): Splice[] {
  const { value } = slot
  const keep = !secret.json && value.kind === 'scalar' && value.text === secret.text && value.tag === ''
  const written = keep ? tree.source.text.slice(...value.span) : undefined
  if (value.inFlow || holder.flow) {
    const inner = written ?? formatScalar(secret.text, { inFlow: true })
    const call = secret.json ? `fn::fromJSON: {fn::secret: ${inner}}` : `fn::secret: ${inner}`
    return [{ span: value.span, text: `{${call}}` }]
  }
  return wrapInBlock(tree, { holder, slot, path: [] }, { ...secret, written })
}

function wrapInBlock(
  tree: Tree,
  { holder, slot }: Found,
  secret: { text: string; json: boolean; written?: string | undefined },
): Splice[] {
  const { lineBreak } = tree.source
  const { value } = slot
  if (value.kind !== 'scalar') return []
  const step = holder.kind === 'seq' ? 2 : indentStep(tree)
  const oneLine = secret.written !== undefined && !secret.written.includes('\n')
  const ownLine = startsLine(tree, value.span[0])
  if (oneLine && ownLine) return [{ span: [value.span[0], value.span[0]], text: 'fn::secret: ' }]
  if (oneLine) {
    const call = `fn::secret: ${secret.written}`
    const below =
      holder.kind === 'seq' ? ` ${call}` : `${lineBreak}${' '.repeat(holder.indent + step)}${call}`
    return [{ span: [Math.max(slot.valueStart, value.anchorSpan?.[1] ?? 0), value.span[1]], text: below }]
  }
  const fragment = readFragment(
    secret.json
      ? quote(secret.text)
      : formatScalar(secret.text, { inFlow: false, indent: 2, lineBreak: '\n' }),
  )
  if (isFailure(fragment)) return []
  const call = nest(fragment, 'fn::secret')
  const whole = secret.json ? nest(call, 'fn::fromJSON') : call
  const place = { indent: holder.indent, step, lineBreak }
  const below = holder.kind === 'seq' ? behindDash(whole, place) : behindColon(whole, place)
  const end = value.block?.end ?? value.span[1]
  return [{ span: [Math.max(slot.valueStart, value.anchorSpan?.[1] ?? 0), end], text: below }]
}

function sameOutside(before: Tree, after: Tree, { path }: Found): boolean {
  const name = topLevel(before, 'values')?.name ?? 'values'
  return sameExcept(before.roots[0], after.roots[0], [name, ...path])
}
