/** Evaluated environments as the official clients decode them (http-api.md §5.3, traps 10, 11 and 21). */
import * as z from 'zod'
import {
  type EvaluatedEnvironment,
  type ExportedAccessor,
  type ExportedExpr,
  type ExportedProperties,
  type ExportedRange,
  type ExportedValue,
  JsonNumber,
} from '@/lib/language'
import { rangeShape } from './diagnostics'

const scalar = z.union([z.null(), z.boolean(), z.number(), z.string()])

/** For the documentation and the tests: values are written without going through it. */
export const valueShape = z
  .object({
    get value() {
      return z.union([scalar, z.array(valueShape), z.record(z.string(), valueShape)])
    },
    secret: z.literal(true).optional(),
    unknown: z.literal(true).optional(),
    trace: z.object({
      def: rangeShape,
      get base() {
        return valueShape.optional()
      },
    }),
  })
  .meta({ id: 'Value', description: '`value` is null for null, unknown values and withheld secrets.' })

export const openedShape = z
  .object({ properties: z.record(z.string(), valueShape).optional() })
  .meta({ id: 'OpenedEnvironment' })

/** How the names in ranges are written. */
export interface Naming {
  /** For what has no place, and for the root. */
  root: string
  /** The root's name in the evaluation. */
  evaluatedAs: string
}

export interface WireValue {
  value: unknown
  secret?: true
  unknown?: true
  trace: { def: WireRange; base?: WireValue }
}

type WireRange = Required<ExportedRange>

export function wireProperties(
  properties: ExportedProperties,
  naming: Naming,
): { properties?: { [name: string]: WireValue } } {
  const names = Object.keys(properties)
  return names.length > 0 ? { properties: mapMembers(properties, (value) => wireValue(value, naming)) } : {}
}

export function wireValue(value: ExportedValue, naming: Naming): WireValue {
  const { trace } = value
  return {
    value: wireContent(value.value, naming),
    ...(value.secret && { secret: true }),
    ...(value.unknown && { unknown: true }),
    trace: {
      def: wireRange(trace.def, naming),
      ...(trace.base && { base: wireValue(trace.base, naming) }),
    },
  }
}

function wireContent(content: ExportedValue['value'], naming: Naming): unknown {
  if (isList(content)) return content.map((item) => wireValue(item, naming))
  if (isMap(content)) return mapMembers(content, (item) => wireValue(item, naming))
  return content ?? null
}

function isList(content: ExportedValue['value']): content is readonly ExportedValue[] {
  return Array.isArray(content)
}

function isMap(content: ExportedValue['value']): content is ExportedProperties {
  return typeof content === 'object' && !Array.isArray(content) && !(content instanceof JsonNumber)
}

function wireRange({ environment, begin, end }: ExportedRange, { root, evaluatedAs }: Naming): WireRange {
  const name = environment === undefined || environment === evaluatedAs ? root : environment
  return { environment: name, begin, end }
}

/** What `yaml/check` answers: the execution context stays out, no client reads it. */
export function wireChecked(environment: EvaluatedEnvironment | undefined, naming: Naming) {
  const { exprs, properties = {}, schema } = environment ?? {}
  return {
    ...(exprs && { exprs: mapMembers(exprs, (expr) => wireExpr(expr, naming)) }),
    ...wireProperties(properties, naming),
    ...(schema !== undefined && { schema }),
  }
}

function wireExpr(expr: ExportedExpr, naming: Naming): unknown {
  const { range, base, keyRanges, interpolate, symbol, access, list, object, builtin, ...rest } = expr
  const accessors = (some: readonly ExportedAccessor[]) => some.map((one) => wireAccessor(one, naming))
  return {
    range: wireRange(range, naming),
    ...rest,
    ...(base && { base: wireExpr(base, naming) }),
    ...(keyRanges && { keyRanges: mapMembers(keyRanges, (one) => wireRange(one, naming)) }),
    ...(interpolate && {
      interpolate: interpolate.map(({ text, value }) => ({ text, value: value && accessors(value) })),
    }),
    ...(symbol && { symbol: accessors(symbol) }),
    ...(access && {
      access: {
        receiver: wireRange(access.receiver, naming),
        accessors: access.accessors.map(({ key, range }) => ({ key, range: wireRange(range, naming) })),
      },
    }),
    ...(list && { list: list.map((item) => wireExpr(item, naming)) }),
    ...(object && { object: mapMembers(object, (item) => wireExpr(item, naming)) }),
    ...(builtin && {
      builtin: {
        ...builtin,
        nameRange: wireRange(builtin.nameRange, naming),
        arg: wireExpr(builtin.arg, naming),
      },
    }),
  }
}

/** SDKs require `key` on every accessor, also on those that have an index (trap 21). */
function wireAccessor(accessor: ExportedAccessor, naming: Naming): unknown {
  return {
    key: '',
    ...accessor,
    range: wireRange(accessor.range, naming),
    value: wireRange(accessor.value, naming),
  }
}

/** Keeps names such as `__proto__` as plain data. */
function mapMembers<T, U>(
  members: { readonly [name: string]: T },
  map: (member: T) => U,
): { [name: string]: U } {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, map(member)]))
}
