import { setOwn } from '../text/json'
import { compareUtf8 } from '../text/order'
import type { Schema, SchemaMap, SchemaRecord } from './schema'

type Described = Pick<
  SchemaRecord,
  'title' | 'description' | 'deprecated' | 'default' | 'examples' | 'secret'
>
type StringRules = Described & Pick<SchemaRecord, 'const' | 'enum' | 'minLength' | 'maxLength' | 'pattern'>
type NumberRules = Described &
  Pick<
    SchemaRecord,
    'const' | 'enum' | 'multipleOf' | 'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum'
  >

/** An object type; see {@link object}. */
export interface ObjectRules extends Described {
  /** Names that may be absent. Every other declared property is required. */
  readonly optional?: readonly string[]
  /** What undeclared properties must be; absent = anything, `false` = refused. */
  readonly additionalProperties?: Schema
  readonly rotateOnly?: readonly string[]
  readonly dependentRequired?: SchemaRecord['dependentRequired']
}

/** The object type with exactly these required properties; others are accepted unchecked (spec §13.1). */
export function record(properties: SchemaMap): SchemaRecord {
  const names = Object.keys(properties).sort(compareUtf8)
  if (names.length === 0) return { type: 'object' }
  return { properties, type: 'object', required: names }
}

/** {@link record} over a map of things that have a schema, without intermediate lists: environments have large ones. */
export function recordOf(parts: ReadonlyMap<string, { readonly schema?: Schema | undefined }>): SchemaRecord {
  if (parts.size === 0) return { type: 'object' }
  const properties: { [name: string]: Schema } = {}
  const required = [...parts.keys()].sort(compareUtf8)
  for (const name of required) setOwn(properties, name, parts.get(name)?.schema ?? true)
  return { properties, type: 'object', required }
}

/** The array type with exactly these elements. */
export function tuple(items: readonly Schema[]): SchemaRecord {
  if (items.length === 0) return { items: false, type: 'array' }
  return { prefixItems: items, items: false, type: 'array' }
}

function build(type: SchemaRecord['type'], rules: object): SchemaRecord {
  return { ...rules, type }
}

/** Builders for declaring what a provider or rotator takes and gives. */
export const schema = {
  always: true,
  never: false,
  record,
  tuple,
  string: (rules: StringRules = {}): SchemaRecord => build('string', rules),
  number: (rules: NumberRules = {}): SchemaRecord => build('number', rules),
  boolean: (rules: Described & Pick<SchemaRecord, 'const'> = {}): SchemaRecord => build('boolean', rules),
  null: (rules: Described = {}): SchemaRecord => build('null', rules),
  array: (items: Schema, rules: Described & Pick<SchemaRecord, 'minItems' | 'maxItems'> = {}): SchemaRecord =>
    build('array', { ...rules, items }),
  map: (values: Schema, rules: Described = {}): SchemaRecord =>
    build('object', { ...rules, additionalProperties: values }),
  anyOf: (members: readonly Schema[], rules: Described = {}): SchemaRecord =>
    build('', { ...rules, anyOf: members }),
  oneOf: (members: readonly Schema[], rules: Described = {}): SchemaRecord =>
    build('', { ...rules, oneOf: members }),
  /** An object whose declared properties are required unless listed in `optional`. */
  object: (properties: SchemaMap, rules: ObjectRules = {}): SchemaRecord => {
    const { optional = [], ...rest } = rules
    const required = Object.keys(properties)
      .filter((name) => !optional.includes(name))
      .sort(compareUtf8)
    return build('object', required.length > 0 ? { ...rest, properties, required } : { ...rest, properties })
  },
}

/** A property map built from entries, safe for any key. */
export function schemaMap(entries: Iterable<readonly [string, Schema]>): SchemaMap {
  const properties: { [name: string]: Schema } = {}
  for (const [name, value] of entries) setOwn(properties, name, value)
  return properties
}
