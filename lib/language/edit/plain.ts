/** What a plain scalar without a tag means (language.md §3, "Scalar resolution"). */
export type PlainKind = 'null' | 'bool' | 'int' | 'float' | 'timestamp' | 'str'

const words: ReadonlyMap<string, PlainKind> = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((word): [string, PlainKind] => [word, 'null']),
  ...['true', 'True', 'TRUE', 'false', 'False', 'FALSE'].map((word): [string, PlainKind] => [word, 'bool']),
  ...['.nan', '.NaN', '.NAN'].map((word): [string, PlainKind] => [word, 'float']),
  ...['.inf', '.Inf', '.INF']
    .flatMap((word) => [word, `+${word}`, `-${word}`])
    .map((word): [string, PlainKind] => [word, 'float']),
])

const floatForm = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/
const integerForms = [
  /^[-+]?0[xX][0-9a-fA-F]+$/,
  /^[-+]?0[bB][01]+$/,
  /^[-+]?0[oO][0-7]+$/,
  /^[-+]?0[0-7]*$/,
  /^[-+]?[1-9][0-9]*$/,
]
const dateForm =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?(?:Z|[-+]\d\d:\d\d))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d+)?))?$/

/** Resolves the text of an untagged plain scalar. */
export function resolvePlain(text: string): PlainKind {
  const word = words.get(text)
  if (word !== undefined) return word
  if (/^[-+0-9]/.test(text)) return resolveNumber(text)
  if (text.startsWith('.')) return floatForm.test(text) && Number.isFinite(Number(text)) ? 'float' : 'str'
  return 'str'
}

function resolveNumber(text: string): PlainKind {
  if (isDate(text)) return 'timestamp'
  const digits = text.replaceAll('_', '')
  if (integerForms.some((form) => form.test(digits)) && fitsInteger(digits)) return 'int'
  return floatForm.test(digits) && Number.isFinite(Number(digits)) ? 'float' : 'str'
}

function fitsInteger(digits: string): boolean {
  const negative = digits.startsWith('-')
  const unsigned = digits.replace(/^[-+]/, '').toLowerCase()
  const octal = /^0[0-7]+$/.test(unsigned) ? `0o${unsigned.slice(1)}` : unsigned
  // 64 binary digits are the most that can fit; without the cut a hostile text would cost quadratic time.
  if (octal.length > 70) return false
  const magnitude = BigInt(octal)
  return negative ? magnitude <= 1n << 63n : magnitude < 1n << 64n
}

function isDate(text: string): boolean {
  const match = dateForm.exec(text)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (month < 1 || month > 12 || day < 1) return false
  // Day 0 of the following month is the last day of this one.
  if (day > new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()) return false
  const [hour, minute, second] = [4, 5, 6].map((at) => Number(match[at] ?? match[at + 3] ?? 0))
  return (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) < 60
}
