import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rotateDefinition } from '@/lib/language'
import {
  decryptDocument,
  emitReference,
  encryptDocument,
  parseReference,
  rootOf,
} from '@/lib/language/edit/reference'
import { decodeEnvelope, encodeEnvelope } from '@/lib/language/text/envelope'
import { expectSame, Mismatch } from './compare'
import { ROT128, TEST_PROVIDERS } from './test-providers'
import { applyPatches, edit } from './writers'

/** `yaml-edit/<case>`: a list of edits, then the document as the reference writes it. */
export function runYamlEditCase(folder: string): void {
  const document = parseReference(readFileSync(join(folder, 'doc.yaml'), 'utf8'))
  const root = rootOf(document)
  const edits =
    parseReference(readFileSync(join(folder, 'edits.yaml'), 'utf8')).root?.content[1]?.content ?? []
  if (edits.length === 0) throw new Mismatch('no edits')
  for (const { content } of edits) {
    const [path, value] = content
    edit(root, path?.value ?? '', value?.tag === '!!null' ? undefined : value)
  }
  expectSame(
    'document',
    emitReference(document, { indent: 4 }),
    readFileSync(join(folder, 'expected.yaml'), 'utf8'),
  )
}

/** `crypt/`: pairs of documents, and the facts about envelopes in the data's README. */
export async function runCryptCase(folder: string): Promise<void> {
  const names = readdirSync(folder).flatMap((file) => /^(.*)\.plaintext\.yaml$/.exec(file)?.[1] ?? [])
  if (names.length === 0) throw new Mismatch('no pairs')
  for (const name of names) {
    const plaintext = readFileSync(join(folder, `${name}.plaintext.yaml`), 'utf8')
    const ciphertext = readFileSync(join(folder, `${name}.ciphertext.yaml`), 'utf8')
    expectSame(`${name} encrypted`, await encryptDocument(plaintext, ROT128), { ok: true, text: ciphertext })
    expectSame(`${name} decrypted`, await decryptDocument(ciphertext, ROT128), { ok: true, text: plaintext })
  }
  await expectCryptFacts()
  await expectEnvelopeFacts()
}

async function expectCryptFacts(): Promise<void> {
  const masked = await decryptDocument(
    'values:\n  a:\n    fn::secret:\n      ciphertext: "********"\n',
    ROT128,
  )
  expectSame('a ciphertext that is not base64', masked.ok, false)
  const list = 'values:\n  a:\n    fn::secret: [array]\n'
  expectSame('a list, encrypted', (await encryptDocument(list, ROT128)).ok, true)
  expectSame('a list, decrypted', (await decryptDocument(list, ROT128)).ok, true)
  const outside = 'invalid-top-level-key:\n  fn::secret:\n    ciphertext: "********"\n'
  expectSame('a ciphertext outside values', await decryptDocument(outside, ROT128), {
    ok: true,
    text: outside,
  })
  const failing = {
    encrypt: () => Promise.reject(new Error('no')),
    decrypt: () => Promise.reject(new Error('no')),
  }
  await expectRejection('a failing encrypter', encryptDocument('values:\n  a: {fn::secret: x}\n', failing))
  const sealed = encodeEnvelope(await ROT128.encrypt('hunter2'))
  const document = `values:\n  a: {fn::secret: {ciphertext: ${sealed}}}\n`
  await expectRejection('a failing decrypter', decryptDocument(document, failing))
}

/** A failure of the crypter must reach the caller, as a result or as a rejection. */
async function expectRejection(what: string, result: Promise<{ readonly ok: boolean }>): Promise<void> {
  const succeeded = await result.then(({ ok }) => ok).catch(() => false)
  expectSame(what, succeeded, false)
}

async function expectEnvelopeFacts(): Promise<void> {
  const sealed = encodeEnvelope(await ROT128.encrypt('hunter2'))
  expectSame('an envelope', decodeEnvelope(sealed).ok, true)
  const spoils: readonly (readonly [string, (copy: Buffer) => void])[] = [
    ['another magic', (copy) => copy.write('nope')],
    ['version 0', (copy) => copy.writeUInt32BE(0, 4)],
    ['a corrupt byte', (copy) => copy.writeUInt8(copy.readUInt8(9) ^ 1, 9)],
  ]
  for (const [what, spoil] of spoils) {
    const copy = Buffer.from(sealed, 'base64')
    spoil(copy)
    expectSame(what, decodeEnvelope(copy.toString('base64')).ok, false)
  }
  const short = Buffer.from(sealed, 'base64').subarray(0, 12)
  expectSame('too short', decodeEnvelope(short.toString('base64')).ok, false)
}

/** `rotate-writeback/`: rotate, write the new states into the text, seal it. */
export async function runRotateWriteback(folder: string): Promise<void> {
  const source = readFileSync(join(folder, 'env.yaml'), 'utf8')
  const { rotations, diagnostics } = await rotateDefinition({
    name: '<stdin>',
    definition: source,
    decrypter: ROT128,
    providers: TEST_PROVIDERS,
  })
  expectSame('diagnostics', diagnostics, [])
  const patched = applyPatches(
    source,
    rotations.flatMap(({ patch }) => (patch === undefined ? [] : [patch])),
  )
  if (!patched.ok) throw new Mismatch(patched.message)
  const sealed = await encryptDocument(patched.text, ROT128)
  const expected = readFileSync(join(folder, 'expected.yaml'), 'utf8')
  expectSame('document', sealed, { ok: true, text: expected })
}
