import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomDocument } from '../../../tests/support/random-document'
import type { PropertyPath } from '../syntax/path'
import { sameMeaning } from './compare'
import { slotsOf } from './layout'
import { readTree } from './read-tree'
import { removeValue } from './remove'
import { decryptSecrets, encryptSecrets, listSecrets } from './secrets'
import { setValue } from './set'
import { nodeAt, type TreeNode, walk } from './tree'

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 400) }

function pathsOf(node: TreeNode | undefined, path: PropertyPath = []): PropertyPath[] {
  if (node?.kind === 'map') return node.entries.flatMap((entry) => below(entry.name ?? '', entry.value))
  if (node?.kind === 'seq') return node.items.flatMap((item, index) => below(index, item.value))
  return []

  function below(element: string | number, value: TreeNode): PropertyPath[] {
    const here = [...path, element]
    return [here, ...pathsOf(value, here)]
  }
}

const values = fc.constantFrom(
  '1',
  '"x"',
  'null',
  '[1, {a: b}]',
  'x: 1\ny:\n  - 2 # c',
  '- 1\n- a: 2',
  '|\n  x\n  y',
  '>-\n x\n',
  '"a\n  b"',
)

function comments(text: string): string[] {
  return [...text.matchAll(/# (?:head|above|two|beside|the end)/g)].map(([comment]) => comment)
}

describe('edits of random documents', () => {
  it('the generator makes documents that the language reads', () => {
    fc.assert(
      fc.property(randomDocument(), (text) => {
        expect(readTree(text).diagnostics).toEqual([])
      }),
      runs,
    )
  })

  it('setting a value changes that value and nothing else', () => {
    fc.assert(
      fc.property(randomDocument(), fc.nat(), values, (text, pick, value) => {
        const before = readTree(text)
        const paths = pathsOf(before.roots[0])
        const path = paths[pick % paths.length] ?? []
        const result = setValue(text, path, value)
        if (!result.ok) throw new Error(`${result.code} ${JSON.stringify(path)}`)
        expect(
          sameMeaning(nodeAt(readTree(result.text).roots[0], path), readTree(`${value}\n`).roots[0]),
        ).toBe(true)
        const old = nodeAt(before.roots[0], path)
        const lost = old === undefined ? [] : comments(text.slice(...old.span))
        expect(comments(result.text).length).toBeGreaterThanOrEqual(comments(text).length - lost.length)
      }),
      runs,
    )
  })

  it('a value set and set back leaves a scalar document as it was', () => {
    fc.assert(
      fc.property(randomDocument(), fc.nat(), (text, pick) => {
        const tree = readTree(text)
        const paths = pathsOf(tree.roots[0]).filter((path) => {
          const node = nodeAt(tree.roots[0], path)
          return node?.kind === 'scalar' && node.block === undefined && node.tag === '' && node.text !== ''
        })
        const path = paths[pick % paths.length]
        if (path === undefined) return
        const span = nodeAt(tree.roots[0], path)?.span ?? [0, 0]
        const there = setValue(text, path, 'other')
        const back = there.ok ? setValue(there.text, path, text.slice(...span)) : there
        expect(back.ok ? back.text : back.code).toBe(text)
      }),
      runs,
    )
  })

  it('adding a key and removing it leaves the document as it was', () => {
    fc.assert(
      fc.property(randomDocument(), fc.nat(), values, (text, pick, value) => {
        const root = readTree(text).roots[0]
        const maps = [[], ...pathsOf(root)].filter((path) => nodeAt(root, path)?.kind === 'map')
        const path = maps[pick % maps.length] ?? []
        const node = nodeAt(root, path)
        const added = setValue(text, [...path, 'added'], value)
        if (!added.ok) throw new Error(`${added.code} ${JSON.stringify(path)}`)
        if (node === undefined || slotsOf(node).length === 0) return
        const removed = removeValue(added.text, [...path, 'added'])
        // A block scalar at an unterminated end gets a `-` and keeps its line break.
        const ending = (document: string) => document.replace(/\r?\n$/, '').replaceAll(/([|>])-/g, '$1')
        expect(removed.ok ? ending(removed.text) : removed.code).toBe(ending(text))
      }),
      runs,
    )
  })

  it('removing takes one member away', () => {
    fc.assert(
      fc.property(randomDocument(), fc.nat(), (text, pick) => {
        const paths = pathsOf(readTree(text).roots[0])
        const path = paths[pick % paths.length] ?? []
        const result = removeValue(text, path)
        if (!result.ok) throw new Error(`${result.code} ${JSON.stringify(path)}`)
      }),
      runs,
    )
  })

  it('sealing and opening secrets restores the values and every other byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomDocument(),
        fc.array(fc.nat(), { maxLength: 3 }),
        secrets,
        async (text, picks, secret) => {
          const document = picks.reduce((at, pick) => plant(at, pick, secret), `values:\n  a: 1\n`)
          const wrapped = plantAll(text, picks, secret) ?? document
          const sealed = await encryptSecrets(
            wrapped,
            async (plain) => `c${Buffer.from(plain).toString('hex')}`,
          )
          expect(sealed.diagnostics).toEqual([])
          expect(listSecrets(sealed.text).every((call) => call.sealed)).toBe(true)
          const opened = await decryptSecrets(sealed.text, async (hidden) =>
            Buffer.from(hidden.slice(1), 'hex').toString(),
          )
          expect(comments(opened.text)).toEqual(comments(wrapped))
          expect(sameMeaning(readTree(opened.text).roots[0], readTree(wrapped).roots[0])).toBe(true)
        },
      ),
      runs,
    )
  })
})

const secrets = fc.oneof(
  fc.constantFrom(
    'x',
    '',
    '12',
    'a\nb\n',
    ' a',
    'a: b',
    '# x',
    '\t',
    'é😀',
    '"',
    "'",
    '\n\nx',
    'a \nb',
    '${x}',
    'x\n\n',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !/\p{Cs}/u.test(text)),
)

function plant(text: string, pick: number, secret: string): string {
  const root = readTree(text).roots[0]
  const paths = pathsOf(root).filter((path) => path.every((element) => element !== 'fn::secret'))
  const path = paths[pick % paths.length]
  if (path === undefined) return text
  const styled = pick % 2 === 0 ? JSON.stringify(secret) : undefined
  const result = setValue(text, [...path, 'fn::secret'], styled ?? JSON.stringify(secret))
  return result.ok ? result.text : text
}

function plantAll(text: string, picks: readonly number[], secret: string): string | undefined {
  const { roots } = readTree(text)
  let count = 0
  const [root] = roots
  if (root !== undefined) walk(root, () => count++)
  const below = text.startsWith('\ufeff') || text.startsWith('---') ? undefined : indented(text)
  return below === undefined ? undefined : picks.reduce((at, pick) => plant(at, pick, secret), below)
}

/** The document as `values` of another, since only there secrets are opened. */
function indented(text: string): string | undefined {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = text.split(lineBreak).map((line) => (line === '' ? '' : `  ${line}`))
  const nested = `values:${lineBreak}${lines.join(lineBreak)}`
  return readTree(nested).diagnostics.length === 0 ? nested : undefined
}
