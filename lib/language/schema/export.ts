import { getOwn, setOwn } from '../text/json'
import { compareUtf8 } from '../text/order'
import { unmarked } from './rotate-only'
import type { Schema, SchemaRecord } from './schema'

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

type Mutable = { -readonly [K in keyof SchemaRecord]: SchemaRecord[K] }
type Member = keyof SchemaRecord

/** The members in the order of their serialization. */
const ORDER: readonly Member[] = [
  ...([
    '$defs',
    '$ref',
    'anyOf',
    'oneOf',
    'prefixItems',
    'items',
    'additionalProperties',
    'properties',
  ] as const),
  ...(['type', 'const', 'enum', 'multipleOf', 'maximum', 'exclusiveMaximum', 'minimum'] as const),
  ...([
    'exclusiveMinimum',
    'maxLength',
    'minLength',
    'pattern',
    'maxItems',
    'minItems',
    'uniqueItems',
  ] as const),
  ...(['maxProperties', 'minProperties', 'required', 'dependentRequired', 'title', 'description'] as const),
  ...(['default', 'deprecated', 'examples', 'secret', 'rotateOnly'] as const),
]
const RANKS = new Map<string, number>(ORDER.map((member, rank) => [member, rank]))

/** Members that are kept whatever their value, unless it is null. */
const KEPT = new Set<string>(['const', 'default', 'multipleOf', 'maximum', 'exclusiveMaximum', 'minimum'])
for (const limit of ['exclusiveMinimum', 'maxLength', 'minLength', 'maxItems', 'minItems']) KEPT.add(limit)
for (const limit of ['maxProperties', 'minProperties', 'items', 'additionalProperties']) KEPT.add(limit)

function exportRecord(schema: SchemaRecord): SchemaRecord {
  if (isLiteralType(schema)) return schema
  const result: Mutable = {}
  for (const member of membersOf(schema)) addMember(result, schema, member)
  return result
}

/** `{type, const}`, the most frequent kind, is serialized as it is. */
function isLiteralType({ type, const: constant, ...rest }: SchemaRecord): boolean {
  if (type === undefined || constant === undefined || constant === null) return false
  for (const _member in rest) return false
  return true
}

/** The members that are written, in order. */
function membersOf(schema: SchemaRecord): readonly Member[] {
  const names = Object.keys(schema).filter((name) => RANKS.has(name))
  if (schema.type === undefined) names.push('type')
  return names.sort((a, b) => (RANKS.get(a) ?? 0) - (RANKS.get(b) ?? 0)) as Member[] // only ranked names are left
}

function addMember(result: Mutable, schema: SchemaRecord, member: Member): void {
  const value = schema[member]
  if (member === 'type') result.type = schema.type ?? ''
  else if (value === undefined || value === null || (!KEPT.has(member) && isEmpty(value))) return
  else if (member === 'items') result.items = exportSchema(schema.items ?? true)
  else if (member === 'additionalProperties') {
    result.additionalProperties = exportSchema(schema.additionalProperties ?? true)
  } else if (member === 'properties' || member === '$defs')
    result[member] = sortedMap(schema[member] ?? {}, exportSchema)
  else if (member === 'anyOf' || member === 'oneOf' || member === 'prefixItems') {
    result[member] = schema[member]?.map(exportSchema) ?? []
  } else if (member === 'dependentRequired') {
    result.dependentRequired = sortedMap(schema.dependentRequired ?? {}, (names) => names)
  } else Object.assign(result, { [member]: value })
}

function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === '' || value === false
  if (Array.isArray(value)) return value.length === 0
  for (const name in value) if (Object.hasOwn(value, name)) return false
  return true
}

/** The map with its members transformed and sorted: the same one where that changes nothing, since maps can be large. */
function sortedMap<T>(
  map: { readonly [name: string]: T },
  transform: (value: T) => T,
): { readonly [name: string]: T } {
  if (isUnchanged(map, transform)) return map
  const sorted: { [name: string]: T } = {}
  for (const name of Object.keys(map).sort(compareUtf8)) {
    const value = getOwn(map, name)
    if (value !== undefined) setOwn(sorted, name, transform(value))
  }
  return sorted
}

function isUnchanged<T>(map: { readonly [name: string]: T }, transform: (value: T) => T): boolean {
  let before: string | undefined
  for (const name in map) {
    const value = map[name]
    if (before !== undefined && compareUtf8(before, name) > 0) return false
    if (value === undefined || transform(value) !== value) return false
    before = name
  }
  return true
}
