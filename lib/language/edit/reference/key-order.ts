/**
 * The order in which the reference's YAML library writes the keys of data (language.md §17): digits by their number,
 * letters behind everything else, unless a digit stands before them.
 */
export function compareYamlKeys(a: string, b: string): number {
  const left = [...a]
  const right = [...b]
  let afterDigit = false
  for (let at = 0; at < left.length && at < right.length; at++) {
    const [x = '', y = ''] = [left[at], right[at]]
    if (x === y) {
      afterDigit = isDigit(x)
      continue
    }
    const [letterX, letterY] = [isLetter(x), isLetter(y)]
    if (letterX && letterY) return codeOf(x) - codeOf(y)
    if (letterX || letterY) return letterX === afterDigit ? -1 : 1
    const lead = (x === '0' || y === '0') && followsNumber(left, at) ? 1n : 0n
    return compareDigits(left.slice(at), right.slice(at), lead) || codeOf(x) - codeOf(y)
  }
  return left.length - right.length
}

/** By the numbers that begin both texts, then the shorter one first. */
function compareDigits(left: readonly string[], right: readonly string[], lead: bigint): number {
  const [a, b] = [leadingDigits(left), leadingDigits(right)]
  const [x, y] = [numberOf(a, lead), numberOf(b, lead)]
  if (x !== y) return x < y ? -1 : 1
  return a.length - b.length
}

/** Within 64 bits, as the reference computes: longer numbers wrap. Digits of other scripts count by their code. */
function numberOf(digits: readonly string[], lead: bigint): bigint {
  return digits.reduce((sum, digit) => BigInt.asIntN(64, sum * 10n + BigInt(codeOf(digit) - 0x30)), lead)
}

/** Whether the digits before a place are more than zeros: then zeros at that place count. */
function followsNumber(text: readonly string[], at: number): boolean {
  for (let before = at - 1; before >= 0 && isDigit(text[before] ?? ''); before--) {
    if (text[before] !== '0') return true
  }
  return false
}

function leadingDigits(text: readonly string[]): readonly string[] {
  const end = text.findIndex((character) => !isDigit(character))
  return text.slice(0, end < 0 ? text.length : end)
}

function isDigit(character: string): boolean {
  return /^\p{Nd}$/u.test(character)
}

function isLetter(character: string): boolean {
  return /^\p{L}$/u.test(character)
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0
}
