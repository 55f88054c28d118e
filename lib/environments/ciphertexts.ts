/** The sealed secrets of a text, and whether they belong to the environment that is to hold it. */
import type { Diagnostic, Range } from '@/lib/language'
import { decryptSecrets, encryptSecrets, listSecrets } from '@/lib/language/edit/secrets'
import type { TextPosition, TextRange } from '@/lib/language/edit/source'
import { CiphertextError, type EnvironmentCipher } from '@/lib/secrets'

/**
 * Finds ciphertexts that would not open here: pasted from another environment, or damaged. Storing one would lose the
 * secret without a word.
 *
 * @param name of the environment in ranges
 */
export async function unusableCiphertexts(
  text: string,
  cipher: EnvironmentCipher,
  name: string,
): Promise<Diagnostic[]> {
  if (!text.includes('ciphertext')) return []
  const problems = new Map<string, string>()
  await decryptSecrets(text, async (ciphertext, path) => {
    const problem = problemOf(cipher, ciphertext)
    if (problem !== undefined) problems.set(path, problem)
    return ''
  })
  const calls = problems.size > 0 ? listSecrets(text) : []
  return calls.flatMap(({ path, sealed, range }): Diagnostic[] => {
    const summary = sealed ? problems.get(path) : undefined
    if (summary === undefined) return []
    return [{ severity: 'error', code: 'ciphertext', summary, path, range: wireRange(text, range, name) }]
  })
}

function problemOf(cipher: EnvironmentCipher, ciphertext: string): string | undefined {
  try {
    cipher.decrypt(ciphertext)
    return undefined
  } catch (error) {
    if (!(error instanceof CiphertextError)) throw error
    const advice = error.code === 'unknown_environment' ? '; enter the secret itself instead' : ''
    return `${error.message}${advice}`
  }
}

export interface Sealed {
  text: string
  diagnostics: Diagnostic[]
}

/** Seals every plaintext secret of a definition. The text comes back unchanged when something cannot be sealed. */
export async function sealSecrets(text: string, cipher: EnvironmentCipher, name: string): Promise<Sealed> {
  const result = await encryptSecrets(text, async (plaintext) => cipher.encrypt(plaintext))
  const diagnostics = result.diagnostics.map(
    ({ severity, summary, range }): Diagnostic => ({
      severity,
      code: 'ciphertext',
      summary,
      range: wireRange(text, range, name),
    }),
  )
  return { text: result.text, diagnostics }
}

function wireRange(text: string, { start, end }: TextRange, environment: string): Range {
  return { environment, begin: wirePosition(text, start), end: wirePosition(text, end) }
}

/** Columns count what a person sees as one character, bytes are those of UTF-8 (language.md §4). */
function wirePosition(text: string, { offset, line, column }: TextPosition) {
  const before = text.slice(offset - column + 1, offset)
  const seen = [...new Intl.Segmenter().segment(before)].length
  return { line, column: seen + 1, byte: Buffer.byteLength(text.slice(0, offset)) }
}
