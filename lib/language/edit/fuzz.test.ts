import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomDocument } from '../../../tests/support/random-document'
import {
  addImport,
  decryptSecrets,
  encryptSecrets,
  listImports,
  moveImport,
  removeValue,
  renameKey,
  setData,
  wrapSecret,
} from '.'
import { readTree } from './read-tree'
import { decryptDocument, encryptDocument, reencode } from './reference'

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 300) }

/** Anything at all, fragments of definitions in any order, and good documents with a few characters changed. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        'values:',
        '\n',
        '  ',
        '- ',
        '{',
        '}',
        '[',
        ']',
        ': ',
        'fn::secret',
        '"',
        "'",
        '|',
        '\r\n',
        '# c',
        '&a',
        '*a',
        '!t',
        '$' + '{a',
        '}',
        ',',
        '? ',
        '---\n',
        'imports:',
        '\ufeff',
        '\t',
        '__proto__',
        'x',
      ),
      { maxLength: 25 },
    )
    .map((parts) => parts.join('')),
  fc
    .tuple(randomDocument(), fc.nat(), fc.string({ unit: 'binary', maxLength: 2 }))
    .map(([text, at, piece]) => {
      const place = at % (text.length + 1)
      return text.slice(0, place) + piece + text.slice(place + 1)
    }),
)

const crypter = {
  encrypt: (text: string) => new TextEncoder().encode(text),
  decrypt: (bytes: Uint8Array) => new TextDecoder().decode(bytes),
}

describe('on any text', () => {
  it('splicing edits answer, and what they write can be read', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, at) => {
        const results = [
          setData(text, ['values', '__proto__', 'x'], { __proto__: null, a: ['b\n'] }),
          removeValue(text, ['values', 'k0']),
          renameKey(text, ['values', 'k0'], 'constructor'),
          addImport(text, 'p/e'),
          moveImport(text, 0, listImports(text).length - 1),
          wrapSecret(text, [at % (text.length + 1), at % (text.length + 1)]),
        ]
        for (const result of results) if (result.ok) expect(readTree(result.text).diagnostics).toEqual([])
        expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
      }),
      runs,
    )
  })

  it('secrets are sealed and opened, or the text comes back', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const sealed = await encryptSecrets(text, async (plain) => `c${plain.length}`)
        if (sealed.diagnostics.length > 0) expect(sealed.text).toBe(text)
        else expect(readTree(sealed.text).diagnostics).toEqual([])
        const opened = await decryptSecrets(sealed.text, async () => 'line\n# line')
        if (opened.diagnostics.length === 0) expect(readTree(opened.text).diagnostics).toEqual([])
      }),
      runs,
    )
  })

  it('the exact writers answer', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        expect(typeof reencode(text).text).toBe('string')
        expect(typeof (await encryptDocument(text, crypter)).ok).toBe('boolean')
        expect(typeof (await decryptDocument(text, crypter)).ok).toBe('boolean')
      }),
      runs,
    )
  })
})
