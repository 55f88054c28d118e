import type { Json, JsonNumber } from '../text/json'

export type SchemaType = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'null'

/**
 * A schema in its JSON form (spec §13.1): `true` accepts everything, `false` nothing. The type may be
 * left out here; it is always written (`"type":""`) when serialized.
 */
export type Schema = boolean | SchemaRecord

export interface SchemaRecord {
  readonly $defs?: SchemaMap
  readonly $ref?: string
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly prefixItems?: readonly Schema[]
  readonly items?: Schema
  readonly additionalProperties?: Schema
  readonly properties?: SchemaMap
  readonly type?: SchemaType | ''
  readonly const?: Json
  readonly enum?: readonly Json[]
  readonly multipleOf?: SchemaNumber
  readonly maximum?: SchemaNumber
  readonly exclusiveMaximum?: SchemaNumber
  readonly minimum?: SchemaNumber
  readonly exclusiveMinimum?: SchemaNumber
  readonly maxLength?: SchemaNumber
  readonly minLength?: SchemaNumber
  readonly pattern?: string
  readonly maxItems?: SchemaNumber
  readonly minItems?: SchemaNumber
  readonly uniqueItems?: boolean
  readonly maxProperties?: SchemaNumber
  readonly minProperties?: SchemaNumber
  readonly required?: readonly string[]
  readonly dependentRequired?: { readonly [name: string]: readonly string[] }
  readonly title?: string
  readonly description?: string
  readonly default?: Json
  readonly deprecated?: boolean
  readonly examples?: readonly Json[]
  readonly secret?: boolean
  readonly rotateOnly?: readonly string[]
}

export interface SchemaMap {
  readonly [name: string]: Schema
}

export type SchemaNumber = number | JsonNumber

/** Shared, since most expressions have one of these. */
export const STRING: SchemaRecord = { type: 'string' }
export const NULL: SchemaRecord = { type: 'null' }
export const ANY_ARRAY: SchemaRecord = { type: 'array', items: true }
export const ANY_OBJECT: SchemaRecord = { type: 'object', additionalProperties: true }

export const ALWAYS = true
export const NEVER = false
