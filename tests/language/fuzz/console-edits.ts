/**
 * Every edit that the console can make, on random documents: comments, anchors, block scalars, quotes and the order of
 * keys survive, because what stands outside the edited value stays byte for byte.
 */
import fc from 'fast-check'
import { insertExample, moveToImport, type ProviderInfo } from '@/lib/language/analysis'
import {
  addImport,
  type EditResult,
  encryptSecrets,
  listImports,
  moveImport,
  pinImport,
  removeImport,
  replaceCiphertext,
  unseal,
} from '@/lib/language/edit'
import { readTree } from '@/lib/language/edit/read-tree'
import { nodeAt, type TreeNode } from '@/lib/language/edit/tree'
import {
  addRow,
  readTable,
  removeRow,
  renameRow,
  setRowKind,
  setRowText,
  type TableRow,
  toggleSecret,
} from '@/lib/language/table'
import { randomDocument } from '../../support/random-document'

interface Situation {
  readonly text: string
  readonly pick: number
  readonly rows: readonly TableRow[]
  readonly value: string
}

/** What an edit did, and below which paths it was allowed to touch anything. */
interface Edited {
  readonly result: EditResult
  readonly touched: readonly (readonly (string | number)[])[]
  /** References elsewhere follow a rename; whole values move with an extraction. */
  readonly rewrites?: true
  /** What is removed takes the comments about it along. */
  readonly removes?: true
}

const provider: ProviderInfo = {
  name: 'unused-login',
  kind: 'provider',
  inputs: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
  outputs: true,
}

function ofRow(edit: (text: string, row: TableRow, value: string) => EditResult) {
  return ({ text, pick, rows, value }: Situation): Edited | undefined => {
    const row = rows[pick % rows.length]
    return row && { result: edit(text, row, value), touched: [row.path] }
  }
}

function ofImport(edit: (text: string, index: number, count: number) => EditResult) {
  return ({ text, pick }: Situation): Edited | undefined => {
    const count = listImports(text).length
    return count === 0 ? undefined : { result: edit(text, pick % count, count), touched: [['imports']] }
  }
}

const edits: Readonly<Record<string, (situation: Situation) => Edited | undefined>> = {
  'set a value': ofRow(setRowText),
  'make it a number': ofRow((text, row) => setRowKind(text, row, 'number')),
  'make it a text': ofRow((text, row) => setRowKind(text, row, 'text')),
  'make it null': ofRow((text, row) => setRowKind(text, row, 'null')),
  'toggle its secret': ofRow((text, row) => toggleSecret(text, row)),
  'remove it': (situation) => {
    const edited = ofRow(removeRow)(situation)
    // Elements of a list move up.
    const inList = (path: Path) => (typeof path.at(-1) === 'number' ? path.slice(0, -1) : path)
    return edited && { ...edited, touched: edited.touched.map(inList), removes: true }
  },
  'decrypt it': ofRow((text, row, value) =>
    row.kind === 'sealed' ? unseal(text, row.path, value) : unchanged(text),
  ),
  'reseal it': ofRow((text, row) =>
    row.kind === 'sealed' ? replaceCiphertext(text, row.path, 'ZXNjeAAAAAF4') : unchanged(text),
  ),
  'rename it': (situation) => {
    const edited = ofRow((text, row) => renameRow(text, row, 'renamed'))(situation)
    return edited && { ...edited, rewrites: true }
  },
  'add one': ({ text, value, pick }) => {
    const section = (['values', 'environmentVariables', 'files'] as const)[pick % 3] ?? 'values'
    const path = section === 'values' ? ['values', 'added'] : ['values', section]
    return {
      result: addRow(text, section, { path: 'added', text: value, secret: pick % 2 > 0 }),
      touched: [path],
    }
  },
  'insert an example': ({ text }) => ({
    result: insertExample(text, provider),
    touched: [['values', 'unused']],
  }),
  'add an import': ({ text }) => ({ result: addImport(text, 'x/y@1'), touched: [['imports']] }),
  'remove an import': (situation) => {
    const edited = ofImport((text, index) => removeImport(text, index))(situation)
    return edited && { ...edited, removes: true }
  },
  'move an import': ofImport((text, index, count) => moveImport(text, index, (index + 1) % count)),
  'pin an import': ofImport((text, index) => pinImport(text, index, '7')),
  'unpin an import': ofImport((text, index) => pinImport(text, index, undefined)),
  'move a value to an import': ({ text, rows, pick }) => {
    const path = rows[pick % rows.length]?.path.slice(0, 2)
    return path && { result: moveToImport(text, [path], 'x/z'), touched: [path, ['imports']], removes: true }
  },
}

function unchanged(text: string): EditResult {
  return { ok: true, text, splices: [] }
}

export const consoleEditNames = Object.keys(edits)

/** Documents as the console has them: imports, values, secrets of both kinds, whatever layout stands between. */
function definitions(): fc.Arbitrary<string> {
  const imports = fc.constantFrom(
    '',
    'imports:\n  - a/b # first\n  # above\n  - "c/d@1"\n',
    "imports: [a/b, 'c/d'] # both\n",
    'imports: &list\n- a/b: {merge: false} # why\n- c/d\n',
  )
  const secrets = fc.constantFrom(
    '',
    "  sealed: # s\n    # above\n    fn::secret:\n      ciphertext: AAAA # c\n  open:\n    fn::secret: 'x' # o\n",
    '  sealed: {fn::secret: {ciphertext: "AAAA"}} # s\n  open: {fn::secret: x}\n',
  )
  return fc.tuple(imports, secrets, randomDocument()).map(([above, first, document]) => {
    const lineBreak = document.includes('\r\n') ? '\r\n' : '\n'
    const body = document.replaceAll('\r\n', '\n').replace(/^(\ufeff|---\n)/, '')
    const lines = body.split('\n').map((line) => (line === '' ? '' : `  ${line}`))
    return `# head\n${above}# about values\nvalues:\n${first}${lines.join('\n')}`.replaceAll('\n', lineBreak)
  })
}

const texts = fc.constantFrom(
  'x',
  '',
  '12',
  'a b',
  "it's",
  '"q"',
  '# no comment',
  'a\nb',
  'a\nb\n',
  '${k0}',
  ' x ',
  ': ',
  'é😀',
)

/**
 * @returns how often each edit was made; refused ones do not count
 * @throws when an edit loses something
 */
export async function consoleEditsSurvive(parameters: {
  numRuns: number
  seed?: number
}): Promise<ReadonlyMap<string, number>> {
  const made = new Map<string, number>()
  const name = fc.constantFrom(...consoleEditNames)
  await fc.assert(
    fc.asyncProperty(definitions(), name, fc.nat(), texts, async (text, edit, pick, value) => {
      const table = readTable(text)
      // The generator may repeat a key or leave YAML that is none below values; both cannot be shown as a table.
      if (!table.ok) return
      const rows = [...table.values, ...table.environmentVariables, ...table.files]
      const edited = edits[edit]?.({ text, pick, rows, value })
      if (!edited?.result.ok) return
      made.set(edit, (made.get(edit) ?? 0) + 1)
      requireSurvival(text, edited, edited.result.text)
      const sealed = await encryptSecrets(edited.result.text, async () => 'QUFBQQ==')
      requireSameComments(edited.result.text, sealed.text)
    }),
    parameters,
  )
  return made
}

function requireSurvival(before: string, { touched, rewrites, removes }: Edited, after: string): void {
  const [old, now] = [readTree(before).roots[0], readTree(after).roots[0]]
  const [kept, found] = [piecesOf(old, before, touched), piecesOf(now, after, touched)]
  if (!rewrites && kept.join('\n') !== found.join('\n')) {
    throw new Error(`something beside the edited value changed:\n${firstDifference(kept, found)}`)
  }
  const lost = touched.flatMap((path) => commentsIn(slotText(old, before, path)))
  const missing = minus(minus(commentsIn(before), commentsIn(after)), lost)
  if (missing.length > 0 && !removes) throw new Error(`lost comments: ${missing.join(' ')}`)
}

function requireSameComments(before: string, after: string): void {
  if (commentsIn(before).join('\n') !== commentsIn(after).join('\n'))
    throw new Error('sealing lost a comment')
}

type Path = readonly (string | number)[]

/** Keys and scalars as they are written, with anchors and tags, in the order of the text; touched values left out. */
function piecesOf(root: TreeNode | undefined, text: string, touched: readonly Path[]): string[] {
  const pieces: string[] = []
  const visit = (node: TreeNode, path: Path): void => {
    if (
      touched.some((at) => at.length === path.length && at.every((element, depth) => element === path[depth]))
    )
      return
    pieces.push(...[node.anchorSpan, node.tagSpan].flatMap((span) => (span ? [text.slice(...span)] : [])))
    if (node.kind === 'scalar' || node.kind === 'alias')
      pieces.push(`${path.join('/')}=${written(node, text)}`)
    if (node.kind === 'map') {
      for (const { name, key, value } of node.entries) {
        const inside = [...path, name ?? '']
        if (!isTouched(inside, touched)) pieces.push(text.slice(...key.span))
        visit(value, inside)
      }
    }
    if (node.kind === 'seq') for (const [at, { value }] of node.items.entries()) visit(value, [...path, at])
  }
  if (root !== undefined) visit(root, [])
  return pieces
}

/** A block scalar that ends a text without a line break gets a `-` when something follows it, to mean the same. */
function written({ span }: TreeNode, text: string): string {
  return text.slice(...span).replace(/^([|>])-/, '$1')
}

function isTouched(path: Path, touched: readonly Path[]): boolean {
  return touched.some(
    (at) => at.length === path.length && at.every((element, depth) => element === path[depth]),
  )
}

function slotText(root: TreeNode | undefined, text: string, path: Path): string {
  const node = nodeAt(root, path)
  return node === undefined ? '' : text.slice(...node.span)
}

/** The comments that the generators write; their texts stand nowhere else. */
function commentsIn(text: string): string[] {
  const written = /# (?:head|above|two|beside|the end|about values|first|both|why|s|c|o)(?=\s|$)/g
  return [...text.matchAll(written)].map(([comment]) => comment)
}

function minus(all: readonly string[], some: readonly string[]): string[] {
  const left = [...some]
  return all.filter((comment) => {
    const at = left.indexOf(comment)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function firstDifference(kept: readonly string[], found: readonly string[]): string {
  const at = kept.findIndex((piece, index) => piece !== found[index])
  return `${JSON.stringify(kept[at])} became ${JSON.stringify(found[at])}`
}
