import { getOwn } from '../text/json'
import { record, schemaMap } from './build'
import type { Schema, SchemaRecord } from './schema'

/** The schema of a value laid over a base (spec §13.4). */
export function mergedSchema(base: Schema | undefined, top: Schema | undefined): Schema | undefined {
  if (!isObjectType(base) || !isObjectType(top)) return top
  const properties = new Map<string, Schema>(Object.entries(base.properties ?? {}))
  for (const [name, schema] of Object.entries(top.properties ?? {})) {
    properties.set(name, mergedSchema(getOwn(base.properties, name), schema) ?? schema)
  }
  const merged = record(schemaMap(properties))
  const additional = mergedAdditional(base, top)
  return additional === undefined ? merged : { ...merged, additionalProperties: additional }
}

function isObjectType(schema: Schema | undefined): schema is SchemaRecord {
  return typeof schema === 'object' && schema.type === 'object'
}

function mergedAdditional(base: SchemaRecord, top: SchemaRecord): Schema | undefined {
  if (base.additionalProperties !== undefined && top.additionalProperties !== undefined) return true
  return base.additionalProperties ?? top.additionalProperties
}
