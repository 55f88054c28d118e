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
    const lead = (x === '0' || y === '0') && followsNumber(left, at) ? '1' : ''
    return compareDigits(left.slice(at), right.slice(at), lead) || codeOf(x) - codeOf(y)
  }
  return left.length - right.length
}

/** By the numbers that begin both texts, then the shorter one first. */
function compareDigits(left: readonly string[], right: readonly string[], lead: string): number {
  const [a, b] = [leadingDigits(left), leadingDigits(right)]
  const [x, y] = [BigInt(`${lead}${a}` || '0'), BigInt(`${lead}${b}` || '0')]
  if (x !== y) return x < y ? -1 : 1
  return a.length - b.length
}

/** Whether the digits before a place are more than zeros: then zeros at that place count. */
function followsNumber(text: readonly string[], at: number): boolean {
  for (let before = at - 1; before >= 0 && isDigit(text[before] ?? ''); before--) {
    if (text[before] !== '0') return true
  }
  return false
}

function leadingDigits(text: readonly string[]): string {
  const end = text.findIndex((character) => !isDigit(character))
  return text.slice(0, end < 0 ? text.length : end).join('')
}

function isDigit(character: string): boolean {
  return /^[0-9]$/.test(character)
}

function isLetter(character: string): boolean {
  return /^\p{L}$/u.test(character)
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0
}
