import { analyseText, isLegacyWord, readsAsString } from './scalar-style'

export interface ScalarPlace {
  /** Inside brackets, where block styles are not possible. */
  readonly inFlow: boolean
  /** Column of the text lines of a block scalar; without it no block scalar is written. */
  readonly indent?: number
  readonly lineBreak?: string
}

/**
 * Writes a string as a YAML scalar that every reader takes for that string: plain where that is safe, as a literal
 * block where it has several lines, otherwise in quotes. The text of a block scalar has no final line break.
 */
export function formatScalar(text: string, place: ScalarPlace): string {
  const analysis = analyseText(text, { astral: true })
  const plain = place.inFlow ? analysis.plainInFlow : analysis.plainInBlock
  if (plain && readsAsString(text) && !isLegacyWord(text)) return text
  const literal = analysis.multiline && !place.inFlow ? formatLiteral(text, place) : undefined
  if (literal !== undefined) return literal
  if (!plain && !analysis.multiline && analysis.single && readsAsString(text))
    return `'${text.replaceAll("'", "''")}'`
  return quote(text)
}

/** Writes the key of a block mapping. It stands on one line, but outside brackets: `fn::secret` needs no quotes. */
export function formatKey(text: string): string {
  const plain = analyseText(text, { astral: true }).plainInBlock && text !== ''
  return plain && readsAsString(text) && !isLegacyWord(text) ? text : formatScalar(text, { inFlow: true })
}

function formatLiteral(text: string, { indent, lineBreak = '\n' }: ScalarPlace): string | undefined {
  // Trailing line breaks beyond the first depend on blank lines behind the scalar, which belong to the layout.
  if (indent === undefined || /\n\n$|^\n*$|[\r\u0085\u2028\u2029]/.test(text)) return undefined
  if (!analyseText(text, { astral: true }).block) return undefined
  const chomp = text.endsWith('\n') ? '' : '-'
  const hint = /^[\n ]/.test(text) ? '2' : ''
  const lines = text.replace(/\n$/, '').split('\n')
  const body = lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line))
  return [`|${hint}${chomp}`, ...body].join(lineBreak)
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\0', '\\0'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\u001b', '\\e'],
  ['\u0085', '\\N'],
  ['\u00a0', '\\_'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
])

/** Writes a string in double quotes, on one line. */
export function quote(text: string): string {
  const body = [...text].map((character) => escapes.get(character) ?? escapeUnprintable(character))
  return `"${body.join('')}"`
}

/** The same as the reference writes it: code points above U+FFFF escaped, a no-break space not. */
export function quoteAsReference(text: string): string {
  // It takes every character of a text that begins with a byte order mark for one.
  const marked = text.startsWith('\ufeff')
  const body = [...text].map((character) => {
    if (character === '\u00a0' && !marked) return character
    return (
      escapes.get(character) ??
      (marked ? escapeCode(character) : escapeUnprintable(character, { astral: false }))
    )
  })
  return `"${body.join('')}"`
}

function escapeUnprintable(character: string, options = { astral: true }): string {
  return analyseText(character, options).block || character === ' ' ? character : escapeCode(character)
}

function escapeCode(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code <= 0xff) return `\\x${hex(code, 2)}`
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, '0')
}
