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
import { emptyNode } from './node-edit'

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

it('an empty node is none', () => {
  expect(emptyNode().value).toBe('')
})
