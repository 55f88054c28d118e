import type { Schema } from '../schema/schema'
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../text/json'
import { functions } from './functions'
import type { LanguageContext, ProviderInfo } from './types'

const anyExpression: JsonObject = { $ref: '#/$defs/expression' }
const computed: JsonObject = { $ref: '#/$defs/computed' }

/** JSON Schema of a definition in a context; see `LanguageService.jsonSchemaOfDefinition`. */
export function jsonSchemaOfDefinition(context: LanguageContext): JsonObject {
  const map: JsonObject = { type: 'object', additionalProperties: anyExpression }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Environment definition',
    type: 'object',
    additionalProperties: false,
    properties: {
      description: { type: 'string' },
      imports: { type: 'array', items: importSchema(context) },
      values: {
        ...map,
        properties: { environmentVariables: map, files: map, pulumiConfig: map },
        propertyNames: { not: { pattern: '^fn::' } },
      },
    },
    $defs: definitions(context.providers),
  }
}

function importSchema({ environments }: LanguageContext): JsonObject {
  const options: JsonObject = { type: 'object', properties: { merge: { type: 'boolean' } } }
  const name: JsonObject = { type: 'string', examples: environments.map((environment) => environment.name) }
  return {
    anyOf: [name, { type: 'object', minProperties: 1, maxProperties: 1, additionalProperties: options }],
  }
}

function definitions(providers: readonly ProviderInfo[]): JsonObject {
  const calls = [...functions.map(functionCall), ...providers.map(providerCall)]
  const shared = providers.flatMap((provider) => sharedDefinitions(provider))
  return {
    ...Object.fromEntries(shared),
    expression: {
      anyOf: [
        { type: ['string', 'number', 'boolean', 'null'] },
        { type: 'array', items: anyExpression },
        { $ref: '#/$defs/call' },
        { type: 'object', additionalProperties: anyExpression, propertyNames: { not: { pattern: '^fn::' } } },
      ],
    },
    call: { anyOf: calls },
    computed: { anyOf: [{ type: 'string', pattern: '\\$\\{' }, { $ref: '#/$defs/call' }] },
  }
}

function call(name: string, argument: Json, description: string | undefined): JsonObject {
  const described: JsonObject = description === undefined ? {} : { description }
  return {
    type: 'object',
    properties: { [name]: isJsonObject(argument) ? { ...described, ...argument } : argument },
    required: [name],
    additionalProperties: false,
  }
}

function functionCall({ name, description }: (typeof functions)[number]): JsonObject {
  if (name !== 'fn::secret') return call(name, anyExpression, description)
  const sealed: JsonObject = {
    type: 'object',
    properties: { ciphertext: { type: 'string' } },
    required: ['ciphertext'],
    additionalProperties: false,
  }
  return call(name, { anyOf: [{ type: 'string' }, sealed] }, description)
}

function providerCall(provider: ProviderInfo): JsonObject {
  const { name, kind, description, inputs, state } = provider
  const argument = convert(inputs, name)
  if (kind === 'provider') return call(`fn::open::${name}`, argument, description)
  const properties: JsonObject = { inputs: argument, state: convert(state ?? true, name) }
  return call(`fn::rotate::${name}`, { type: 'object', properties, required: ['inputs'] }, description)
}

function sharedDefinitions({ name, inputs }: ProviderInfo): [string, Json][] {
  const definitions = typeof inputs === 'boolean' ? {} : (inputs.$defs ?? {})
  return Object.entries(definitions).map(([key, schema]) => [`${name}.${key}`, convert(schema, name)])
}

/** Keywords that hold schemas, and keywords of ours that JSON Schema does not know. */
const nested = new Set(['items', 'additionalProperties'])
const lists = new Set(['anyOf', 'oneOf', 'prefixItems'])
const own = new Set(['$defs', 'secret', 'rotateOnly'])

/** Every part of an input may also be computed: a reference, an interpolation, or a call. */
function convert(schema: Schema, provider: string): Json {
  if (typeof schema === 'boolean') return schema
  const members = Object.entries(schema).flatMap(([keyword, value]): [string, Json][] => {
    if (own.has(keyword) || value === '') return []
    return [[keyword, convertMember({ keyword, value, provider })]]
  })
  return { anyOf: [Object.fromEntries(members), computed] }
}

function convertMember({
  keyword,
  value,
  provider,
}: {
  keyword: string
  value: Json
  provider: string
}): Json {
  if (keyword === '$ref') return String(value).replace('#/$defs/', `#/$defs/${provider}.`)
  if (nested.has(keyword) && isSchema(value)) return convert(value, provider)
  if (lists.has(keyword) && isJsonArray(value))
    return value.map((item) => (isSchema(item) ? convert(item, provider) : item))
  if (keyword !== 'properties' || !isJsonObject(value)) return value
  const properties = Object.entries(value).map(([name, schema]) => [
    name,
    isSchema(schema) ? convert(schema, provider) : schema,
  ])
  return Object.fromEntries(properties)
}

function isSchema(value: Json): value is Json & Schema {
  return typeof value === 'boolean' || isJsonObject(value)
}
