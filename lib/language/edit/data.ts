import type { ScalarStyle } from '../syntax/node'
import { isJsonArray, isJsonObject, type Json, numberText } from '../text/json'
import { formatKey, formatScalar, quote } from './format'
import { analyseText } from './scalar-style'

export interface DataLayout {
  /** Preferred for data that is one string. */
  readonly style?: ScalarStyle | undefined
  /** How much deeper nested blocks stand. */
  readonly step?: number
}

/** Writes JSON data as a block of YAML at column 0. */
export function formatData(data: Json, { style, step = 2 }: DataLayout = {}): string {
  if (typeof data === 'string') return formatText(data, style)
  return blockOf(data, step).join('\n')
}

function formatText(text: string, style: ScalarStyle | undefined): string {
  if (style === 'double') return quote(text)
  const { single, multiline } = analyseText(text, { astral: true })
  if (style === 'single' && single && !multiline) return `'${text.replaceAll("'", "''")}'`
  return formatScalar(text, { inFlow: false, indent: 2 })
}

function blockOf(data: Json, step: number): string[] {
  if (isJsonArray(data)) return data.length === 0 ? ['[]'] : data.flatMap((item) => itemLines(item, step))
  if (isJsonObject(data)) {
    const entries = Object.entries(data)
    return entries.length === 0 ? ['{}'] : entries.flatMap(([key, value]) => entryLines([key, value], step))
  }
  return scalarText(data).split('\n')
}

function itemLines(item: Json, step: number): string[] {
  const [first = '', ...rest] = blockOf(item, step)
  const shift = typeof item === 'string' ? '' : '  '
  return [`- ${first}`, ...rest.map((line) => indent(line, shift))]
}

function entryLines([key, value]: [string, Json], step: number): string[] {
  const name = formatKey(key)
  const lines = blockOf(value, step)
  if (isBlock(value)) return [`${name}:`, ...lines.map((line) => indent(line, ' '.repeat(step)))]
  const [first = '', ...rest] = lines
  return [`${name}: ${first}`, ...rest]
}

function isBlock(value: Json): boolean {
  if (isJsonArray(value)) return value.length > 0
  return isJsonObject(value) && Object.keys(value).length > 0
}

function scalarText(value: Json): string {
  if (typeof value === 'string') return formatScalar(value, { inFlow: false, indent: 2 })
  if (value === null || typeof value === 'boolean') return String(value)
  return isJsonArray(value) || isJsonObject(value) ? '' : numberText(value)
}

function indent(line: string, by: string): string {
  return line === '' ? '' : by + line
}
