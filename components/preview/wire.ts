/**
 * An evaluation as the check sends it to the page. It goes over at every pause in typing, so it is small: a place is
 * three numbers, expressions are there only where a function makes something, and a schema that says no more than the
 * value beside it is left out. Secrets stay behind, those too that are only typed: a page that shows one asks for it.
 */
import type { EvaluatedEnvironment, ExportedProperties, ExportedValue, Schema } from '@/lib/language'
import { JsonNumber } from '@/lib/language/text/json'
import { type MakerExprs, makerExprs } from './maker'

/** An evaluation as far as a page knows it. */
export interface ShownEvaluation extends Omit<EvaluatedEnvironment, 'exprs'> {
  readonly exprs?: MakerExprs
}

export interface PackedEvaluation {
  /** The environments that places name, by number. */
  readonly names: readonly string[]
  readonly properties?: PackedProperties
  readonly exprs?: MakerExprs
  readonly schema?: Schema
  readonly executionContext?: { readonly properties?: PackedProperties; readonly schema?: Schema }
}

interface PackedProperties {
  readonly [name: string]: PackedValue
}

/** A content of `null` is null or not known; the environment -1 has no name; `base` is what the value was laid over. */
type PackedValue = readonly [
  content: string | number | boolean | null | readonly PackedValue[] | PackedProperties,
  state: number,
  environment: number,
  line: number,
  column: number,
  base?: PackedValue,
]

const secretState = 1
const unknownState = 2
/** The content is the text of a number that JavaScript cannot hold. */
const exactState = 4

export function packEvaluation(evaluation: EvaluatedEnvironment): PackedEvaluation {
  const { properties, schema, executionContext } = evaluation
  const names = new Map<string, number>()
  const exprs = makerExprs(evaluation.exprs)
  const packed = {
    ...(properties && { properties: packProperties(properties, names) }),
    ...(exprs && { exprs }),
    ...(schema !== undefined && { schema: withoutKnown(schema, properties) }),
    ...(executionContext && {
      executionContext: {
        ...executionContext,
        properties: packProperties(executionContext.properties ?? {}, names),
      },
    }),
  }
  return { names: [...names.keys()], ...packed }
}

function packProperties(properties: ExportedProperties, names: Map<string, number>): PackedProperties {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, pack(value, names)]))
}

function pack({ value, secret, unknown, trace }: ExportedValue, names: Map<string, number>): PackedValue {
  const { environment, begin } = trace.def
  const shown = secret ? undefined : value
  const exact = shown instanceof JsonNumber ? exactState : 0
  const state = (secret ? secretState : 0) + (unknown ? unknownState : 0) + exact
  const packed = [
    contentOf(shown, names),
    state,
    numberOf(environment, names),
    begin.line,
    begin.column,
  ] as const
  return trace.base ? [...packed, pack(trace.base, names)] : packed
}

function contentOf(content: ExportedValue['value'], names: Map<string, number>): PackedValue[0] {
  if (content === undefined) return null
  if (content instanceof JsonNumber) return content.text
  if (isProperties(content)) return packProperties(content, names)
  return typeof content === 'object' ? content.map((item) => pack(item, names)) : content
}

function numberOf(environment: string | undefined, names: Map<string, number>): number {
  if (environment === undefined) return -1
  const known = names.get(environment)
  if (known !== undefined) return known
  names.set(environment, names.size)
  return names.size - 1
}

/** Without the types of scalars that are known: {@link withWholeSchema} reads them off the values. */
function withoutKnown(schema: Schema, properties: ExportedProperties | undefined): Schema {
  if (typeof schema === 'boolean' || !schema.properties || !properties) return schema
  const { required: _, ...rest } = schema
  const kept = Object.entries(schema.properties).flatMap(([name, property]): [string, Schema][] => {
    const value = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (typeof property !== 'boolean' && isTypeOf(value, property)) return []
    return [[name, schemaBeside(property, value)]]
  })
  return { ...rest, properties: Object.fromEntries(kept) }
}

/** A schema names constants, so of what is secret only the type may go. */
function schemaBeside(schema: Schema, value: ExportedValue | undefined): Schema {
  if (typeof schema === 'boolean' || !value) return schema
  if (value.secret && !value.unknown) return schema.type ? { type: schema.type } : true
  const content = value.value
  if (isProperties(content)) return withoutKnown(schema, content)
  if (!schema.prefixItems || typeof content !== 'object' || content instanceof JsonNumber) return schema
  return {
    ...schema,
    prefixItems: schema.prefixItems.map((item, index) => schemaBeside(item, content[index])),
  }
}

function isTypeOf(value: ExportedValue | undefined, schema: Exclude<Schema, boolean>): boolean {
  const type = scalarType(value)
  return (
    type !== undefined &&
    schema.type === type &&
    Object.keys(schema).every((name) => /^(type|const)$/.test(name))
  )
}

function scalarType(value: ExportedValue | undefined): 'string' | 'number' | 'boolean' | undefined {
  if (value === undefined || value.secret || value.unknown) return undefined
  if (value.value instanceof JsonNumber) return 'number'
  const type = typeof value.value
  return type === 'string' || type === 'number' || type === 'boolean' ? type : undefined
}

/**
 * What was packed, with places that have no end. Parts that were unpacked before (see `share`) give the same objects.
 */
export function unpackEvaluation({
  names,
  properties,
  executionContext,
  ...rest
}: PackedEvaluation): ShownEvaluation {
  return {
    ...rest,
    ...(properties && { properties: unpackProperties(properties, names) }),
    ...(executionContext && {
      executionContext: {
        ...executionContext,
        properties: unpackProperties(executionContext.properties ?? {}, names),
      },
    }),
  }
}

/** With the schema as it was before packing, as far as the language service asks for it. */
export function withWholeSchema(evaluation: ShownEvaluation): ShownEvaluation {
  const { schema, properties } = evaluation
  return schema === undefined ? evaluation : { ...evaluation, schema: withKnown(schema, properties) }
}

function unpackProperties(packed: PackedProperties, names: readonly string[]): ExportedProperties {
  return Object.fromEntries(Object.entries(packed).map(([name, value]) => [name, unpackOnce(value, names)]))
}

const unpacked = new WeakMap<readonly string[], WeakMap<PackedValue, ExportedValue>>()

function unpackOnce(packed: PackedValue, names: readonly string[]): ExportedValue {
  const values = unpacked.get(names) ?? new WeakMap<PackedValue, ExportedValue>()
  unpacked.set(names, values)
  const value = values.get(packed) ?? unpack(packed, names)
  values.set(packed, value)
  return value
}

function unpack(packed: PackedValue, names: readonly string[]): ExportedValue {
  const [content, state, number, line, column, base] = packed
  const environment = names[number]
  const begin = { line, column, byte: 0 }
  const def = environment === undefined ? { begin, end: begin } : { environment, begin, end: begin }
  const value = state & exactState ? new JsonNumber(String(content)) : unpackContent(content, names)
  return {
    ...(value !== undefined && { value }),
    ...(state & secretState && { secret: true }),
    ...(state & unknownState && { unknown: true }),
    trace: base ? { def, base: unpack(base, names) } : { def },
  }
}

function unpackContent(content: PackedValue[0], names: readonly string[]): ExportedValue['value'] {
  if (content === null) return undefined
  if (typeof content !== 'object') return content
  return isList(content) ? content.map((item) => unpack(item, names)) : unpackProperties(content, names)
}

function isList(content: readonly PackedValue[] | PackedProperties): content is readonly PackedValue[] {
  return Array.isArray(content)
}

function withKnown(schema: Schema, values: ExportedProperties | undefined): Schema {
  if (typeof schema === 'boolean' || !schema.properties || !values) return schema
  const { properties } = schema
  const known = Object.entries(values).flatMap(([name, value]): [string, Schema][] => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (property === undefined) {
      const type = scalarType(value)
      return type === undefined ? [] : [[name, { type }]]
    }
    return [[name, isProperties(value.value) ? withKnown(property, value.value) : property]]
  })
  return { ...schema, properties: { ...properties, ...Object.fromEntries(known) } }
}

function isProperties(content: ExportedValue['value']): content is ExportedProperties {
  return (
    typeof content === 'object' &&
    content !== null &&
    !Array.isArray(content) &&
    !(content instanceof JsonNumber)
  )
}
