/**
 * The order in which yaml.v3 writes the keys of a map: `a2` before `a10`, other characters before letters
 * (language.md §17).
 */
export function compareYamlKeys(a: string, b: string): number {
  const left = [...a]
  const right = [...b]
  const at = left.findIndex((character, index) => character !== right[index])
  const one = left[at]
  const other = right[at]
  if (one === undefined || other === undefined) return left.length - right.length
  if (isLetter(one) && isLetter(other)) return codeOf(one) - codeOf(other)
  if (isLetter(one) !== isLetter(other)) {
    const lettersFirst = at > 0 && isDigit(left[at - 1] ?? '')
    return isLetter(one) === lettersFirst ? -1 : 1
  }
  const [number, otherNumber] = [digitsFrom(left, at), digitsFrom(right, at)]
  const significant = `${leadingDigit(left, at)}`
  const difference = BigInt(`0${significant}${number}`) - BigInt(`0${significant}${otherNumber}`)
  if (difference !== 0n) return difference < 0n ? -1 : 1
  return number.length - otherNumber.length || codeOf(one) - codeOf(other)
}

/** A zero counts as a digit of the number that it continues. */
function leadingDigit(text: readonly string[], at: number): string {
  for (let index = at - 1; index >= 0 && isDigit(text[index] ?? ''); index--)
    if (text[index] !== '0') return '1'
  return ''
}

function digitsFrom(text: readonly string[], start: number): string {
  let digits = ''
  for (let at = start; isDigit(text[at] ?? ''); at++) digits += text[at]
  return digits
}

function isLetter(character: string): boolean {
  return /^\p{L}$/u.test(character)
}

function isDigit(character: string): boolean {
  return /^[0-9]$/.test(character)
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0
}
