import type { Decrypter, Encrypter } from '../../eval/crypter'
import { decodeYaml } from '../../syntax/decode'
import type { Diagnostic } from '../../syntax/diagnostic'
import { joinIndex, joinKey, parsePropertyPath } from '../../syntax/path'
import { decodeEnvelope, encodeEnvelope } from '../../text/envelope'
import { goQuote } from '../../text/go-quote'
import { mappingNode, pairsOf, type ReferenceNode, scalarNode } from './node'
import { decodedKind, normalize, readForReencoding, undecodable, visitMappings, writeRoot } from './reencode'

export type CryptResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string; readonly diagnostics: readonly Diagnostic[] }

/**
 * Seals every `fn::secret` of a document and writes the document anew, as the reference's `EncryptSecrets` does
 * (language.md §18). The product itself uses `encryptSecrets`, which keeps the layout. Rejects when the encrypter does.
 */
export async function encryptDocument(source: string, encrypter: Encrypter): Promise<CryptResult> {
  const root = open(source)
  if ('message' in root) return root
  for (const { call, plaintext } of secretsOf(root)) {
    if (plaintext === undefined) continue
    const ciphertext = encodeEnvelope(await encrypter.encrypt(plaintext.value))
    const { head, line, foot } = plaintext
    call.content[1] = mappingNode([scalarNode('ciphertext'), { ...scalarNode(ciphertext), head, line, foot }])
  }
  return close(root)
}

/** The inverse of {@link encryptDocument}, for the calls below `values`. Rejects when the decrypter does. */
export async function decryptDocument(
  source: string,
  decrypter: Decrypter,
  options: { readonly signal: AbortSignal } = { signal: new AbortController().signal },
): Promise<CryptResult> {
  const root = open(source)
  if ('message' in root) return root
  for (const { call, ciphertext, path } of secretsOf(root)) {
    if (ciphertext === undefined) continue
    const parsed = parsePropertyPath(path)
    if (!parsed.ok) return failed(`parsing property path ${goQuote(path)}`)
    if (parsed.path[0] !== 'values') continue
    const envelope = decodeEnvelope(ciphertext.value)
    if (!envelope.ok) return failed(`invalid ciphertext\n${envelope.reason}`)
    const value = await decrypter.decrypt(envelope.ciphertext, options)
    call.content[1] = { ...ciphertext, value }
  }
  return close(root)
}

function failed(
  message: string,
  diagnostics: readonly Diagnostic[] = [],
): CryptResult & { readonly ok: false } {
  return { ok: false, message, diagnostics }
}

function open(source: string): ReferenceNode | (CryptResult & { readonly ok: false }) {
  const { root, diagnostics } = decodeYaml(source, { environment: '' })
  if (diagnostics.length > 0)
    return failed(diagnostics.map((diagnostic) => diagnostic.summary).join('\n'), diagnostics)
  return root === undefined ? failed(undecodable.summary, [undecodable]) : readForReencoding(source)
}

function close(root: ReferenceNode): CryptResult {
  normalize(root, () => undefined)
  return { ok: true, text: writeRoot(root, { indent: 2 }) }
}

interface SecretCall {
  readonly call: ReferenceNode
  readonly path: string
  readonly plaintext?: ReferenceNode
  readonly ciphertext?: ReferenceNode
}

/** Every mapping with the single key `fn::secret`, inner ones first. */
function secretsOf(root: ReferenceNode): SecretCall[] {
  const calls: SecretCall[] = []
  visitMappings(root, [], (call, steps) => {
    const [pair, second] = pairsOf(call)
    if (pair === undefined || second !== undefined || pair[0].value !== 'fn::secret') return
    const path = steps.reduce<string>(
      (at, step) => (typeof step === 'number' ? joinIndex(at, step) : joinKey(at, step)),
      '',
    )
    calls.push({ call, path, ...argumentOf(pair[1]) })
  })
  return calls
}

function argumentOf(argument: ReferenceNode): Pick<SecretCall, 'plaintext' | 'ciphertext'> {
  if (isString(argument)) return { plaintext: argument }
  if (argument.kind !== 'mapping') return {}
  const [pair, second] = pairsOf(argument)
  const sealed =
    pair !== undefined && second === undefined && pair[0].value === 'ciphertext' && isString(pair[1])
  return sealed ? { ciphertext: pair[1] } : {}
}

function isString(node: ReferenceNode): boolean {
  return node.kind === 'scalar' && decodedKind(node) === 'string'
}
