import { schema as build } from './build'
import { compileSchema } from './compile'
import type { Schema, SchemaRecord } from './schema'

const R: Schema = { $ref: '#/$defs/schema', type: '' }
const STRING: Schema = { type: 'string' }
const NUMBER: Schema = { type: 'number' }
const BOOLEAN: Schema = { type: 'boolean' }
const ANYTHING: Schema = { type: '' }
const LIST: Schema = { type: 'array' }
const STRINGS = build.array(STRING)
const TYPES = ['string', 'number', 'boolean', 'array', 'object', 'null']

const OBJECT: SchemaRecord = {
  type: 'object',
  properties: {
    $defs: build.map(R),
    $ref: STRING,
    additionalProperties: R,
    anyOf: build.array(R),
    const: ANYTHING,
    default: ANYTHING,
    dependentRequired: build.map(STRINGS),
    deprecated: BOOLEAN,
    description: STRING,
    enum: LIST,
    examples: LIST,
    exclusiveMaximum: NUMBER,
    exclusiveMinimum: NUMBER,
    items: R,
    maxItems: NUMBER,
    maxLength: NUMBER,
    maxProperties: NUMBER,
    maximum: NUMBER,
    minItems: NUMBER,
    minLength: NUMBER,
    minProperties: NUMBER,
    minimum: NUMBER,
    multipleOf: NUMBER,
    oneOf: build.array(R),
    pattern: STRING,
    prefixItems: build.array(R),
    properties: build.map(R),
    required: STRINGS,
    title: STRING,
    type: { type: 'string', enum: TYPES },
    uniqueItems: BOOLEAN,
  },
}

const ROOT: SchemaRecord = {
  $defs: { schema: { anyOf: [BOOLEAN, OBJECT], type: '' } },
  $ref: '#/$defs/schema',
  type: '',
}

function compiled(): Schema {
  const result = compileSchema(ROOT)
  if (!result.ok) throw new TypeError(result.message)
  return result.schema
}

/** What the schema of `fn::validate` must fit (spec §13.6). */
export const SCHEMA_OF_SCHEMAS: Schema = compiled()
