import { NumberLiteral } from '../client/json'
import type { Content, Environment, Position, Range, Value } from '../client/values'
import { goQuote } from './go-quote'
import type { Writable } from './json'
import { compareBytes } from './order'

export interface Visibility {
  /** Print secrets; otherwise each is replaced as a whole by `[secret]`. */
  readonly secrets: 'show' | 'mask'
}

/** The word that stands for a value that is not printed, if it is one (cli.md §5.2). */
function mask(value: Value, visibility: Visibility): string | undefined {
  if (value.secret && visibility.secrets === 'mask') return '[secret]'
  return value.unknown ? '[unknown]' : undefined
}

/** A value without traces. */
export type Plain = null | boolean | string | NumberLiteral | readonly Plain[] | ReadonlyMap<string, Plain>

/** The value alone, without traces. */
export function plainValue(value: Value, visibility: Visibility): Plain {
  const masked = mask(value, visibility)
  if (masked !== undefined) return masked
  const { content } = value
  if (isScalar(content)) return content
  if (isList(content)) return content.map((item) => plainValue(item, visibility))
  return new Map([...content].map(([key, member]) => [key, plainValue(member, visibility)]))
}

/** The value with where it comes from, in the shape of the wire; secrets are not masked. */
export function detailedValue(value: Value): Writable {
  return {
    value: detailedContent(value.content),
    secret: value.secret || undefined,
    unknown: value.unknown || undefined,
    trace: {
      def: value.trace.def ? writableRange(value.trace.def) : emptyRange,
      base: value.trace.base ? detailedValue(value.trace.base) : undefined,
    },
  }
}

function detailedContent(content: Content): Writable | undefined {
  if (content === null) return undefined
  if (isScalar(content)) return content
  if (isList(content)) return content.map(detailedValue)
  return new Map([...content].map(([key, member]) => [key, detailedValue(member)]))
}

function writableRange({ environment, begin, end }: Range): Writable {
  return { environment: environment || undefined, begin: writablePosition(begin), end: writablePosition(end) }
}

function writablePosition({ line, column, byte }: Position): Writable {
  return { line, column, byte }
}

const noPosition = { line: 0, column: 0, byte: 0 }
const emptyRange = { begin: noPosition, end: noPosition }

/** The string form (cli.md §5.2): scalars as text, lists and objects as quoted items joined by commas. */
export function stringForm(value: Value, visibility: Visibility): string {
  const masked = mask(value, visibility)
  if (masked !== undefined) return masked
  const { content } = value
  if (isScalar(content)) return scalarText(content)
  if (isList(content)) return content.map((item) => goQuote(stringForm(item, visibility))).join(',')
  return [...content]
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([key, member]) => `${goQuote(key)}=${goQuote(stringForm(member, visibility))}`)
    .join(',')
}

function scalarText(content: null | boolean | string | NumberLiteral): string {
  if (content === null) return ''
  return content instanceof NumberLiteral ? content.text : String(content)
}

/** A variable for a child or for a shell. */
export interface Variable {
  readonly name: string
  readonly value: string
  readonly secret: boolean
}

/** The members of a top-level object that can be variables: null, boolean, number or string; sorted by name. */
export function variablesOf(
  environment: Environment,
  member: 'environmentVariables' | 'files',
  visibility: Visibility,
): Variable[] {
  const content = environment.properties.get(member)?.content
  if (content === undefined || isScalar(content) || isList(content)) return []
  return [...content]
    .filter(([, value]) => isScalar(value.content))
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([name, value]) => ({ name, value: stringForm(value, visibility), secret: value.secret }))
}

/** The value at a property path; undefined when there is none. */
export function valueAt(value: Value, path: readonly (string | number)[]): Value | undefined {
  let current: Value | undefined = value
  for (const step of path) {
    if (!current || isScalar(current.content)) return undefined
    if (isList(current.content)) current = typeof step === 'number' ? current.content[step] : undefined
    else current = typeof step === 'string' ? current.content.get(step) : undefined
  }
  return current
}

/** What stands for a value that does not exist. */
export const missingValue: Value = {
  content: null,
  secret: false,
  unknown: false,
  trace: { def: undefined, base: undefined },
}

function isScalar(content: Content): content is null | boolean | string | NumberLiteral {
  return content === null || typeof content !== 'object' || content instanceof NumberLiteral
}

function isList(content: readonly Value[] | ReadonlyMap<string, Value>): content is readonly Value[] {
  return Array.isArray(content)
}
