import { setOwn } from '../text/json'
import { compareUtf8 } from '../text/order'
import { unmarked } from './rotate-only'
import type { Schema, SchemaMap, SchemaRecord } from './schema'

const exported = new WeakMap<SchemaRecord, Schema>()

/** The serialized form of a schema: members in order, empty ones left out, the type always present (spec §13.1). */
export function exportSchema(schema: Schema): Schema {
  const plain = unmarked(schema)
  if (typeof plain === 'boolean') return plain
  const known = exported.get(plain)
  if (known !== undefined) return known
  const result = exportRecord(plain)
  exported.set(plain, result)
  return result
}

function exportRecord(schema: SchemaRecord): SchemaRecord {
  const { $ref, pattern, title, description, uniqueItems, deprecated, secret } = schema
  return {
    ...mapMember('$defs', schema.$defs),
    ...($ref && { $ref }),
    ...listMember('anyOf', schema.anyOf),
    ...listMember('oneOf', schema.oneOf),
    ...listMember('prefixItems', schema.prefixItems),
    ...(schema.items !== undefined && { items: exportSchema(schema.items) }),
    ...(schema.additionalProperties !== undefined && {
      additionalProperties: exportSchema(schema.additionalProperties),
    }),
    ...mapMember('properties', schema.properties),
    type: schema.type ?? '',
    ...present(schema, ['const']),
    ...nonEmpty(schema, ['enum']),
    ...present(schema, ['multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum']),
    ...present(schema, ['maxLength', 'minLength']),
    ...(pattern && { pattern }),
    ...present(schema, ['maxItems', 'minItems']),
    ...(uniqueItems && { uniqueItems }),
    ...present(schema, ['maxProperties', 'minProperties']),
    ...nonEmpty(schema, ['required']),
    ...dependentMember(schema.dependentRequired),
    ...(title && { title }),
    ...(description && { description }),
    ...present(schema, ['default']),
    ...(deprecated && { deprecated }),
    ...nonEmpty(schema, ['examples']),
    ...(secret && { secret }),
    ...nonEmpty(schema, ['rotateOnly']),
  }
}

function present(schema: SchemaRecord, names: readonly (keyof SchemaRecord)[]): SchemaRecord {
  return Object.fromEntries(
    names.flatMap((name) =>
      schema[name] === undefined || schema[name] === null ? [] : [[name, schema[name]]],
    ),
  )
}

function nonEmpty(
  schema: SchemaRecord,
  names: readonly ('enum' | 'required' | 'examples' | 'rotateOnly')[],
): SchemaRecord {
  return present(
    schema,
    names.filter((name) => (schema[name]?.length ?? 0) > 0),
  )
}

function listMember(
  name: 'anyOf' | 'oneOf' | 'prefixItems',
  list: readonly Schema[] | undefined,
): SchemaRecord {
  return list === undefined || list.length === 0 ? {} : { [name]: list.map(exportSchema) }
}

function mapMember(name: '$defs' | 'properties', map: SchemaMap | undefined): SchemaRecord {
  return map === undefined || Object.keys(map).length === 0 ? {} : { [name]: sortedMap(map, exportSchema) }
}

function dependentMember(map: SchemaRecord['dependentRequired']): SchemaRecord {
  if (map === undefined || Object.keys(map).length === 0) return {}
  return { dependentRequired: sortedMap(map, (names) => names) }
}

function sortedMap<T, U>(
  map: { readonly [name: string]: T },
  transform: (value: T) => U,
): { [name: string]: U } {
  const sorted: { [name: string]: U } = {}
  for (const [name, value] of Object.entries(map).sort(([a], [b]) => compareUtf8(a, b))) {
    setOwn(sorted, name, transform(value))
  }
  return sorted
}
