import { getOwn, setOwn } from '../text/json'
import { compareUtf8 } from '../text/order'
import type { Schema, SchemaRecord } from './schema'

/** The schema of a value laid over a base (spec §13.4). */
export function mergedSchema(base: Schema | undefined, top: Schema | undefined): Schema | undefined {
  if (!isObjectType(base) || !isObjectType(top)) return top
  const required = Object.keys(top.properties ?? {})
  for (const name of Object.keys(base.properties ?? {})) {
    if (getOwn(top.properties, name) === undefined) required.push(name)
  }
  required.sort(compareUtf8)
  const properties: { [name: string]: Schema } = {}
  for (const name of required) {
    const own = getOwn(top.properties, name)
    const inherited = getOwn(base.properties, name)
    setOwn(properties, name, (own === undefined ? inherited : mergedSchema(inherited, own)) ?? true)
  }
  const merged: SchemaRecord =
    required.length === 0 ? { type: 'object' } : { properties, type: 'object', required }
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
