import { floatText, parseGoFloat } from './float-text'

/** What a plain scalar means, or what an explicit tag must agree with (spec §3). */
export type Resolved =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: string }
  | { readonly kind: 'float'; readonly value: string }
  | { readonly kind: 'string' }
  | { readonly kind: 'timestamp' }

const STRING: Resolved = { kind: 'string' }

const WORDS = new Map<string, Resolved>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { kind: 'null' }] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, { kind: 'boolean', value: true }] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, { kind: 'boolean', value: false }] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, { kind: 'float', value: 'NaN' }] as const),
  ...['.inf', '.Inf', '.INF'].flatMap(
    (word) =>
      [
        [word, { kind: 'float', value: '+Inf' }],
        [`+${word}`, { kind: 'float', value: '+Inf' }],
        [`-${word}`, { kind: 'float', value: '-Inf' }],
      ] as const,
  ),
])

const YAML_FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/

/** @param timestamps whether a date counts as one instead of as the string that it becomes anyway */
export function resolveScalar(text: string, options: { readonly timestamps: boolean }): Resolved {
  const word = WORDS.get(text)
  if (word !== undefined) return word
  const first = text.charCodeAt(0)
  if (first === 0x2e) return resolveFloat(text.replaceAll(/(?<=[0-9])_(?=[0-9])/g, ''))
  if (!(first >= 0x30 && first <= 0x39) && first !== 0x2b && first !== 0x2d) return STRING
  if (options.timestamps && isTimestamp(text)) return { kind: 'timestamp' }
  const plain = text.replaceAll('_', '')
  const integer = parseInteger(plain)
  if (integer !== undefined) return { kind: 'int', value: integer }
  return YAML_FLOAT.test(plain) ? resolveFloat(plain) : STRING
}

function resolveFloat(text: string): Resolved {
  const value = parseGoFloat(text)
  return value === undefined ? STRING : { kind: 'float', value: floatText(value) }
}

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|0([0-7]+)|(0|[1-9][0-9]*))$/

/** Integers in the notations of Go, within 64 bits signed or unsigned. */
function parseInteger(text: string): string | undefined {
  // The reference also takes a sign behind these two prefixes.
  const match = INTEGER.exec(text.replace(/^(0[bo])([-+])/, '$2$1'))
  if (match === null) return undefined
  const [, sign, hex, binary, octal, oldOctal, decimal] = match
  const value = magnitude({ hex, binary, octal: octal ?? oldOctal, decimal })
  const signed = sign === '-' ? -value : value
  const unsignedFits = sign === '' && signed < 1n << 64n
  const fits = signed >= -(1n << 63n) && (signed < 1n << 63n || unsignedFits)
  return fits ? String(signed) : undefined
}

function magnitude(digits: {
  readonly hex: string | undefined
  readonly binary: string | undefined
  readonly octal: string | undefined
  readonly decimal: string | undefined
}): bigint {
  const longest = 80 // more digits than 64 bits need in any base; keeps absurd texts cheap
  const { hex, binary, octal, decimal = '0' } = digits
  const [prefix, text] =
    hex !== undefined
      ? ['0x', hex]
      : binary !== undefined
        ? ['0b', binary]
        : octal !== undefined
          ? ['0o', octal]
          : ['', decimal]
  const significant = text.replace(/^0+(?=.)/, '')
  return significant.length > longest ? 1n << 100n : BigInt(prefix + significant)
}

const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?: (\d{1,2}):(\d{1,2}):(\d{1,2})([.,]\d+)?)|(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})([.,]\d+)?(?:Z|[+-]\d\d:\d\d)))?$/

export function isTimestamp(text: string): boolean {
  const match = TIMESTAMP.exec(text)
  if (match === null) return false
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number)
  const [hour, minute, second] = [match[4] ?? match[8], match[5] ?? match[9], match[6] ?? match[10]].map(
    (part) => Number(part ?? 0),
  )
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
  const date = month >= 1 && month <= 12 && day >= 1 && day <= days
  return date && (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) < 60
}
