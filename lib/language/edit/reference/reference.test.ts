import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parsePropertyPath } from '../../syntax/path'
import {
  decryptDocument,
  deleteNode,
  emitReference,
  encryptDocument,
  parseReference,
  reencode,
  rootOf,
  setNode,
} from '.'
import golden from './golden/written.json'
import { applyPatches } from './patches'

const conformance =
  process.env.ESC_CONFORMANCE_DIR ?? join(import.meta.dirname, '../../../../../shared/conformance')
const available = existsSync(conformance)
const read = (...path: string[]) => readFileSync(join(conformance, ...path), 'utf8')
const folders = (name: string) => (available ? readdirSync(join(conformance, name)) : [])

const rotate = (bytes: Uint8Array) => bytes.map((byte) => (byte + 128) % 256)
const crypter = {
  encrypt: (text: string) => rotate(new TextEncoder().encode(text)),
  decrypt: (bytes: Uint8Array) => new TextDecoder().decode(rotate(bytes)),
}

describe.skipIf(!available)('conformance data', () => {
  it.each(folders('yaml'))('yaml/%s is written anew', (name) => {
    const expected = read('yaml', name, 'encoded.yaml')
    expect(reencode(read('yaml', name, 'doc.yaml')).text).toBe(expected)
  })

  it.each(folders('yaml-edit'))('yaml-edit/%s', (name) => {
    const document = parseReference(read('yaml-edit', name, 'doc.yaml'))
    const list = parseReference(read('yaml-edit', name, 'edits.yaml')).root?.content[1]
    for (const edit of list?.content ?? []) {
      const [key, value] = edit.content
      const path = parsePropertyPath(key?.value ?? '')
      if (!path.ok || value === undefined) throw new Error('bad edit')
      const root = rootOf(document)
      expect(
        value.tag === '!!null' ? deleteNode(root, path.path) : setNode(root, path.path, value),
      ).toBeUndefined()
    }
    expect(emitReference(document, { indent: 4 })).toBe(read('yaml-edit', name, 'expected.yaml'))
  })

  const crypt = folders('crypt').flatMap((name) => name.match(/^(.*)\.plaintext\.yaml$/)?.[1] ?? [])
  it.each(crypt)('crypt/%s', async (name) => {
    const [plain, sealed] = [
      read('crypt', `${name}.plaintext.yaml`),
      read('crypt', `${name}.ciphertext.yaml`),
    ]
    expect(await encryptDocument(plain, crypter)).toEqual({ ok: true, text: sealed })
    expect(await decryptDocument(sealed, crypter)).toEqual({ ok: true, text: plain })
  })
})

describe('writing a document', () => {
  it.each(golden.map((one) => [one.indent, one.text, one.written] as const))(
    'with indent %i: %j',
    (indent, text, written) => {
      expect(emitReference(parseReference(text), { indent })).toBe(written)
    },
  )
})

describe('reencode', () => {
  it('writes what does not fit its tag as null', () => {
    const result = reencode('a: !!binary x\nb: !!timestamp soon\nc: !!binary "aGVs\\nbG8="\n')
    expect(result.text).toBe('a: null\nb: null\nc: !!str "aGVs\\nbG8="\n')
    expect(result.diagnostics.map(({ summary }) => summary)).toEqual(
      Array(2).fill('nil nodes are not supported'),
    )
  })
})

describe('encryptDocument and decryptDocument', () => {
  it.each([
    [
      'not base64',
      'values:\n  fn::secret: {ciphertext: "********"}\n',
      'invalid ciphertext\nillegal base64 data',
    ],
    ['too short', 'values:\n  fn::secret: {ciphertext: ZXNjeA==}\n', 'invalid ciphertext\nEOF'],
    ['aliases', 'values: [&a 1, *a]\n', 'alias nodes are not supported'],
    ['no root', '# nothing\n', 'nil nodes are not supported'],
    ['a tag that does not fit', 'values: !!binary x\n', 'invalid base64 data'],
  ])('fails: %s', async (_name, text, message) => {
    const result = await decryptDocument(text, crypter)
    expect(result.ok ? '' : result.message).toContain(message)
  })

  it('leaves lists, numbers and what is outside values alone', async () => {
    const text =
      'values:\n  fn::secret: [a]\nother:\n  fn::secret:\n    ciphertext: bad\nn:\n  fn::secret: 1\n'
    expect(await encryptDocument(text, crypter)).toEqual({ ok: true, text })
    expect(await decryptDocument(text, crypter)).toEqual({ ok: true, text })
  })

  it('writes an empty document as braces', async () => {
    expect(await encryptDocument('', crypter)).toEqual({ ok: true, text: '{}\n' })
  })

  it('passes on what the crypter throws', async () => {
    const refuses = { encrypt: () => Promise.reject(new Error('no key')) }
    await expect(encryptDocument('values: {a: {fn::secret: x}}', refuses)).rejects.toThrow('no key')
  })
})

describe('applyPatches', () => {
  const trace = { def: { begin: { line: 0, column: 0, byte: 0 }, end: { line: 0, column: 0, byte: 0 } } }

  it('puts new states in, secrets as calls, numbers as the reference does', () => {
    const replacement = {
      value: {
        k10: { value: 42, trace },
        k2: { value: 'x', secret: true as const, trace },
        on: { value: { a: { value: [{ value: true, trace }], trace } }, secret: true as const, trace },
        text: { value: 'yes', trace },
      },
      trace,
    }
    const text = 'values:\n  # why\n  db:\n    fn::rotate::swap:\n      state: null\n'
    const result = applyPatches(text, [{ path: 'values.db["fn::rotate::swap"].state', replacement }])
    expect(result).toEqual({
      ok: true,
      text: `values:
    # why
    db:
        fn::rotate::swap:
            state:
                k2:
                    fn::secret: x
                k10: "42"
                "on":
                    fn::fromJSON:
                        fn::secret: '{"a":[true]}'
                text: "yes"
`,
    })
  })

  it('names the place that is not there', () => {
    const result = applyPatches('values: [a]\n', [{ path: 'values.x', replacement: { trace } }])
    expect(result).toEqual({ ok: false, message: 'values.x: key for an array must be an int' })
  })
})
