import { type PropertyPath, parsePropertyPath } from '../syntax/path'
import { readTree } from './read-tree'
import type { EditResult } from './result'
import { listSecrets } from './secrets'
import { setData } from './set'
import { entryOf, nodeAt } from './tree'

export interface SealedSecret {
  /** Of the `fn::secret` call. */
  readonly path: PropertyPath
  /** The same as text, as diagnostics have it. */
  readonly pathText: string
  readonly ciphertext: string
}

/** The ciphertext of the `fn::secret` at a path; undefined where there is none. */
export function ciphertextAt(text: string, path: PropertyPath): string | undefined {
  const node = entryOf(nodeAt(readTree(text).roots[0], [...path, 'fn::secret']), 'ciphertext')?.value
  return node?.kind === 'scalar' ? node.text : undefined
}

/** The sealed secret whose argument holds an offset, or stands on the same line. */
export function sealedSecretAt(text: string, offset: number): SealedSecret | undefined {
  const line = text.slice(0, offset).split('\n').length
  const call = listSecrets(text).find(({ sealed, range: { start, end } }) => {
    return sealed && ((start.offset <= offset && offset <= end.offset) || start.line === line)
  })
  if (call === undefined) return undefined
  const parsed = parsePropertyPath(call.path)
  const ciphertext = parsed.ok ? ciphertextAt(text, parsed.path) : undefined
  return parsed.ok && ciphertext !== undefined
    ? { path: parsed.path, pathText: call.path, ciphertext }
    : undefined
}

/** Puts a plaintext in the place of a ciphertext: it is sealed again when the definition is saved. */
export function unseal(text: string, path: PropertyPath, plaintext: string): EditResult {
  return setData(text, [...path, 'fn::secret'], plaintext)
}

/** Puts another ciphertext in the place of one. */
export function replaceCiphertext(text: string, path: PropertyPath, ciphertext: string): EditResult {
  return setData(text, [...path, 'fn::secret', 'ciphertext'], ciphertext)
}
