import { formatKey, formatScalar } from './format'
import { endOf, readTree } from './read-tree'
import { type EditFailure, failure } from './result'
import { analyseText } from './scalar-style'
import { scalarKind, type TreeMap, type TreeNode, type TreeSequence } from './tree'

/**
 * A piece of YAML to be put into a text. `inline` goes behind its key as it is, `block-scalar` begins there and goes on
 * below, `block` stands below its key. Lines are those of the piece at column 0; its line breaks are `\n`.
 */
export interface Fragment {
  readonly kind: 'inline' | 'block-scalar' | 'block'
  readonly lines: readonly string[]
  readonly node: TreeNode
}

/** Reads the text of one value. An empty text is null, written by leaving it out. */
export function readFragment(text: string): Fragment | EditFailure {
  const unix = text.replaceAll('\r\n', '\n')
  // Without a final line break the last line of a block scalar would end differently than in its place.
  const plain = unix.endsWith('\n') ? unix : `${unix}\n`
  const { roots, diagnostics } = readTree(plain)
  const [node] = roots
  if (diagnostics.length > 0 || roots.length > 1)
    return failure('edit.value', 'the new value is not one YAML value')
  if (node === undefined) return { kind: 'inline', lines: [''], node: emptyScalar }
  const first = node.anchorSpan ?? node.tagSpan
  const start = Math.min(first?.[0] ?? node.span[0], node.tagSpan?.[0] ?? node.span[0])
  const lines = plain.slice(start, endOf(node)).split('\n')
  if (node.kind === 'scalar' && node.block !== undefined)
    return { kind: 'block-scalar', lines: settleBody(lines), node }
  const block = (node.kind === 'map' || node.kind === 'seq') && !node.flow
  if (!block) return { kind: 'inline', lines, node }
  const dedented = lines.map((line, at) => (at === 0 ? line : dedent(line, node.indent)))
  return { kind: 'block', lines: dedented, node }
}

const emptyScalar: TreeNode = {
  kind: 'scalar',
  style: 'plain',
  text: '',
  tag: '',
  path: '',
  inFlow: false,
  span: [0, 0],
}

/** At the root the lines of a block scalar may begin at column 0, elsewhere not. */
function settleBody(lines: readonly string[]): string[] {
  const [header = '', ...body] = lines
  const flush = body.some((line) => /^[^ ]/.test(line))
  return [header, ...body.map((line) => (flush && line !== '' ? `  ${line}` : line))]
}

function dedent(line: string, columns: number): string {
  return line.slice(0, columns).trim() === '' ? line.slice(columns) : line
}

export interface FragmentPlace {
  /** Column of the key or dash that the value belongs to. */
  readonly indent: number
  /** How much deeper a block stands. */
  readonly step: number
  readonly lineBreak: string
}

/** The value as it follows a `:`, its leading blank or line break included. */
export function behindColon(fragment: Fragment, place: FragmentPlace): string {
  const { indent, step, lineBreak } = place
  if (fragment.kind === 'block') return lineBreak + blockLines(fragment, indent + step).join(lineBreak)
  const shift = fragment.kind === 'block-scalar' ? indent : indent + step
  const [first = '', ...rest] = fragment.lines
  return [first === '' ? '' : ` ${first}`, ...rest.map((line) => pad(line, shift))].join(lineBreak)
}

/** The value as it follows a `-`: a block begins on the same line. */
export function behindDash(fragment: Fragment, place: FragmentPlace): string {
  if (fragment.kind !== 'block') return behindColon(fragment, place)
  const lines = blockLines(fragment, place.indent + 2)
  return ` ${lines.join(place.lineBreak).trimStart()}`
}

/** The lines of a block with its first column at `column`. */
export function blockLines({ lines }: Fragment, column: number): string[] {
  return lines.map((line) => pad(line, column))
}

function pad(line: string, columns: number): string {
  return line === '' ? '' : ' '.repeat(columns) + line
}

/** Puts a fragment below a key or into a list of one element. */
export function nest(fragment: Fragment, element: string | number): Fragment {
  const place = { indent: 0, step: 2, lineBreak: '\n' }
  const text =
    typeof element === 'number'
      ? `-${behindDash(fragment, place)}`
      : `${formatKey(element)}:${behindColon(fragment, place)}`
  return { kind: 'block', lines: text.split('\n'), node: nestNode(fragment.node, element) }
}

function nestNode(value: TreeNode, element: string | number): TreeNode {
  const base = { tag: '', path: '', inFlow: false, span: [0, 0], flow: false, indent: 0 } as const
  const slot = { start: 0, valueStart: 0, commentsBeforeValue: [], value }
  if (typeof element === 'number') return { ...base, kind: 'seq', items: [slot] }
  const key: TreeNode = { ...base, kind: 'scalar', style: 'plain', text: element }
  return { ...base, kind: 'map', entries: [{ ...slot, key, name: element, hasColon: true }] }
}

/** The value as it can stand inside brackets: as given where that is possible. */
export function insideBrackets({ kind, lines, node }: Fragment): string {
  const [line = ''] = lines
  const asGiven = kind === 'inline' && lines.length === 1 && line !== ''
  if (!asGiven) return writeFlow(node)
  const plain = node.kind === 'scalar' && node.style === 'plain'
  return !plain || analyseText(node.text, { astral: true }).plainInFlow ? line : writeFlow(node)
}

/** Writes a node on one line, as it must stand inside brackets. */
export function writeFlow(node: TreeNode): string {
  switch (node.kind) {
    case 'map':
      return `{${node.entries.map((entry) => `${writeFlow(entry.key)}: ${writeFlow(entry.value)}`).join(', ')}}`
    case 'seq':
      return `[${node.items.map((item) => writeFlow(item.value)).join(', ')}]`
    case 'scalar':
      if (scalarKind(node) === 'string') return formatScalar(node.text, { inFlow: true })
      return node.text === '' ? 'null' : node.text
    case 'alias':
      return 'null'
  }
}

export function isEmptyCollection(node: TreeNode): node is TreeMap | TreeSequence {
  if (node.kind === 'map') return node.entries.length === 0
  return node.kind === 'seq' && node.items.length === 0
}
