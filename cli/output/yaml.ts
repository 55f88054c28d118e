import { quote } from '@/lib/language/edit/format'
import { analyseText, isLegacyWord, readsAsString } from '@/lib/language/edit/scalar-style'
import { NumberLiteral } from '../client/json'
import type { Plain } from './value'
import { compareYamlKeys } from './yaml-key-order'

const step = 3

/**
 * Writes a plain value as YAML the way the official command line does (cli.md §5.2): 3 blanks per level, keys in natural
 * order, and numbers in quotes, because they are held as text.
 */
export function writeYaml(value: Plain): string {
  return isCollection(value) ? `${collectionLines(value, 0).join('\n')}\n` : `${scalar(value, 0)}\n`
}

type Scalar = null | boolean | string | NumberLiteral
type Collection = readonly Plain[] | ReadonlyMap<string, Plain>

function collectionLines(value: Collection, indent: number): string[] {
  const blanks = ' '.repeat(indent)
  if (isList(value)) return value.flatMap((item) => itemLines(item, indent))
  return [...value]
    .sort(([a], [b]) => compareYamlKeys(a, b))
    .flatMap(([name, member]) => {
      const head = `${blanks}${isSimpleKey(name) ? `${key(name)}:` : `? ${scalar(name, indent)}\n${blanks}:`}`
      if (!isCollection(member) || isEmpty(member)) return [`${head} ${inline(member, indent)}`]
      return [head, ...collectionLines(member, nextLevel(indent))]
    })
}

/** The first collection inside a list item begins on the line of its dash, two columns further. */
function itemLines(item: Plain, indent: number): string[] {
  const dash = `${' '.repeat(indent)}- `
  if (!isCollection(item) || isEmpty(item)) return [dash + inline(item, indent)]
  const [first = '', ...rest] = collectionLines(item, indent + 2)
  return [dash + first.slice(indent + 2), ...rest]
}

function nextLevel(indent: number): number {
  return step * Math.floor((indent + step) / step)
}

function inline(value: Plain, indent: number): string {
  if (isCollection(value)) return isList(value) ? '[]' : '{}'
  return scalar(value, indent)
}

function scalar(value: Scalar, indent: number): string {
  if (value === null || typeof value === 'boolean') return String(value)
  const text = value instanceof NumberLiteral ? value.text : String(value)
  if (text.includes('\n')) return literal(text, indent) ?? quoted(text)
  return readsAsString(text) && !isLegacyWord(text) ? unquoted(text) : quoted(text)
}

function key(text: string): string {
  const plain = readsAsString(text) && !isLegacyWord(text) && text !== '' && !text.includes('\n')
  return plain ? unquoted(text) : quoted(text)
}

function isSimpleKey(text: string): boolean {
  return !/[\n\r\u0085\u2028\u2029]/.test(text) && Buffer.byteLength(text) <= 128
}

function unquoted(text: string): string {
  const style = analyseText(text, { astral: false })
  if (style.plainInBlock) return text
  return style.single ? `'${text.replaceAll("'", "''")}'` : quoted(text)
}

/** The reference escapes what lies beyond U+FFFF. */
function quoted(text: string): string {
  return quote(text).replace(/[\u{10000}-\u{10ffff}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `\\U${code.toString(16).toUpperCase().padStart(8, '0')}`
  })
}

function literal(text: string, indent: number): string | undefined {
  if (!analyseText(text, { astral: false }).block) return undefined
  const margin = ' '.repeat(nextLevel(indent))
  const hint = /^[ \n]/.test(text) ? String(step) : ''
  const chomp = text.endsWith('\n') ? (/^\n$|\n\n$/.test(text) ? '+' : '') : '-'
  const lines = text.replace(/\n$/, '').split('\n')
  return [`|${hint}${chomp}`, ...lines.map((line) => (line === '' ? '' : margin + line))].join('\n')
}

function isCollection(value: Plain): value is Collection {
  return value !== null && typeof value === 'object' && !(value instanceof NumberLiteral)
}

function isList(value: Collection): value is readonly Plain[] {
  return Array.isArray(value)
}

function isEmpty(value: Collection): boolean {
  return isList(value) ? value.length === 0 : value.size === 0
}
