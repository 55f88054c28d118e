import { schemaMap } from './build'
import type { Schema, SchemaRecord } from './schema'

/** Schemas of parts that are evaluated only while rotating (spec §13.5). */
const marked = new WeakSet<SchemaRecord>()

/** The schema `true`, marked; written as `true`. */
const MARKED_ALWAYS: SchemaRecord = Object.freeze({})
const MARKED_NEVER: SchemaRecord = Object.freeze({})
marked.add(MARKED_ALWAYS)
marked.add(MARKED_NEVER)

/** The plain form of a schema that may be a marked boolean. */
export function unmarked(schema: Schema): Schema {
  if (schema === MARKED_ALWAYS) return true
  return schema === MARKED_NEVER ? false : schema
}

/** A union is rotate-only if all its members are. */
export function isRotateOnly(schema: Schema): boolean {
  if (typeof schema === 'boolean') return false
  if (marked.has(schema)) return true
  const members = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  return members.length > 0 && members.every(isRotateOnly)
}

/** Registers a copy of a marked schema as marked, e.g. after compilation. */
export function keepMark(from: SchemaRecord, to: SchemaRecord): SchemaRecord {
  if (marked.has(from)) marked.add(to)
  return to
}

/** A copy of the schema in which it and everything below it is marked. */
export function markRotateOnly(schema: Schema): Schema {
  if (typeof schema === 'boolean') return schema ? MARKED_ALWAYS : MARKED_NEVER
  if (marked.has(schema)) return schema
  const properties = Object.entries(schema.properties ?? {})
  const copy: SchemaRecord = {
    ...schema,
    ...(schema.anyOf && { anyOf: schema.anyOf.map(markRotateOnly) }),
    ...(schema.oneOf && { oneOf: schema.oneOf.map(markRotateOnly) }),
    ...(schema.prefixItems && { prefixItems: schema.prefixItems.map(markRotateOnly) }),
    ...(schema.items !== undefined && { items: markRotateOnly(schema.items) }),
    ...(schema.additionalProperties !== undefined && {
      additionalProperties: markRotateOnly(schema.additionalProperties),
    }),
    ...(schema.properties && {
      properties: schemaMap(properties.map(([name, property]) => [name, markRotateOnly(property)])),
      rotateOnly: properties.map(([name]) => name),
    }),
  }
  marked.add(copy)
  return copy
}
