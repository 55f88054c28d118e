import { getOwn } from '../text/json'
import type { Schema, SchemaRecord } from './schema'

/** The part of the schema model that looks into schemas (spec §13.3); `$ref` is not followed. */

/** What an element of that index must be. */
export function schemaItem(schema: Schema, index: number): Schema {
  if (typeof schema === 'boolean') return false
  return union(schema, (member) => schemaItem(member, index), ownItem(schema, index))
}

function ownItem(schema: SchemaRecord, index: number): Schema | undefined {
  if (schema.type !== 'array') return false
  return schema.prefixItems?.[index] ?? schema.items
}

/** What a property of that name must be. A property of `true` is `false` (spec §13.3). */
export function schemaProperty(schema: Schema, name: string): Schema {
  if (typeof schema === 'boolean') return false
  return union(schema, (member) => schemaProperty(member, name), ownProperty(schema, name))
}

function ownProperty(schema: SchemaRecord, name: string): Schema | undefined {
  if (schema.type !== 'object') return false
  return getOwn(schema.properties, name) ?? schema.additionalProperties
}

function union(schema: SchemaRecord, of: (member: Schema) => Schema, own: Schema | undefined): Schema {
  if (schema.anyOf === undefined && schema.oneOf === undefined) return own ?? false
  const members = [...(schema.anyOf ?? []).map(of), ...(schema.oneOf ?? []).map(of), own]
  const useful = members.filter((member) => member !== undefined && member !== false)
  const [first] = useful
  if (first === undefined) return false
  return useful.length === 1 ? first : { oneOf: useful, type: '' }
}
