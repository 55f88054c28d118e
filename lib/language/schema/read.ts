import { isJsonArray, isJsonObject, type Json, JsonNumber, type JsonObject, setOwn } from '../text/json'
import type { Schema, SchemaRecord } from './schema'

export type ReadResult =
  | { readonly ok: true; readonly schema: Schema }
  | { readonly ok: false; readonly message: string }

/** Reads plain JSON as a schema (spec §13.7); unknown members are ignored. */
export function readSchema(json: Json): ReadResult {
  try {
    return { ok: true, schema: readValue(json) }
  } catch (error) {
    if (!(error instanceof ReadFault)) throw error
    return { ok: false, message: `failed to parse schema: ${error.message}` }
  }
}

/** Ends the reading; never leaves this file. */
class ReadFault extends Error {}

type Reader = (json: Json, member: string) => unknown

function mismatch(
  json: Json,
  { member, expected }: { readonly member: string; readonly expected: string },
): ReadFault {
  return new ReadFault(
    `json: cannot unmarshal ${kindOf(json)} into Go struct field rawSchema.${member} of type ${expected}`,
  )
}

function kindOf(json: Json): string {
  if (json === null) return 'null'
  if (isJsonArray(json)) return 'array'
  if (json instanceof JsonNumber) return 'number'
  return typeof json === 'boolean' ? 'bool' : typeof json
}

function readValue(json: Json): Schema {
  if (typeof json === 'boolean') return json
  if (!isJsonObject(json)) {
    throw new ReadFault(`json: cannot unmarshal ${kindOf(json)} into Go value of type schema.rawSchema`)
  }
  const record: { [name: string]: unknown } = {}
  for (const [written, value] of Object.entries(json)) {
    const name = READERS.has(written) ? written : NAMES.get(written.toLowerCase())
    const reader = name === undefined ? undefined : READERS.get(name)
    if (name === undefined || reader === undefined || value === null) continue
    record[name] = reader(value, name)
  }
  return record as SchemaRecord // every member was made by the reader of its name
}

const readString: Reader = (json, member) => {
  if (typeof json !== 'string') throw mismatch(json, { member, expected: 'string' })
  return json
}

const readBoolean: Reader = (json, member) => {
  if (typeof json !== 'boolean') throw mismatch(json, { member, expected: 'bool' })
  return json
}

const readNumber: Reader = (json, member) => {
  if (typeof json !== 'number' && !(json instanceof JsonNumber)) {
    throw mismatch(json, { member, expected: 'json.Number' })
  }
  return json
}

const readAnything: Reader = (json) => json

function list(read: Reader, expected: string): Reader {
  return (json, member) => {
    if (!isJsonArray(json)) throw mismatch(json, { member, expected })
    return json.map((item) => read(item, member))
  }
}

function map(read: Reader, expected: string): Reader {
  return (json, member) => {
    if (!isJsonObject(json)) throw mismatch(json, { member, expected })
    return readMap(json, (value) => read(value, member))
  }
}

function readMap(json: JsonObject, read: (value: Json) => unknown): { [name: string]: unknown } {
  const result: { [name: string]: unknown } = {}
  for (const [name, value] of Object.entries(json)) setOwn(result, name, read(value))
  return result
}

const STRINGS = list((json, member) => (json === null ? '' : readString(json, member)), '[]string')

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...['$ref', 'type', 'pattern', 'title', 'description'].map((name): [string, Reader] => [name, readString]),
  ...['uniqueItems', 'deprecated', 'secret'].map((name): [string, Reader] => [name, readBoolean]),
  ...[
    'multipleOf',
    'maximum',
    'exclusiveMaximum',
    'minimum',
    'exclusiveMinimum',
    'maxLength',
    'minLength',
  ].map((name): [string, Reader] => [name, readNumber]),
  ...['maxItems', 'minItems', 'maxProperties', 'minProperties'].map((name): [string, Reader] => [
    name,
    readNumber,
  ]),
  ...['anyOf', 'oneOf', 'prefixItems'].map((name): [string, Reader] => [
    name,
    list(readValue, '[]*schema.Schema'),
  ]),
  ...['items', 'additionalProperties'].map((name): [string, Reader] => [name, readValue]),
  ...['$defs', 'properties'].map((name): [string, Reader] => [
    name,
    map(readValue, 'map[string]*schema.Schema'),
  ]),
  ...['const', 'default'].map((name): [string, Reader] => [name, readAnything]),
  ...['enum', 'examples'].map((name): [string, Reader] => [name, list(readAnything, '[]interface {}')]),
  ...['required', 'rotateOnly'].map((name): [string, Reader] => [name, STRINGS]),
  ['dependentRequired', map(STRINGS, 'map[string][]string')],
])

/** Names also match without regard to case, as the reference's decoder has it (spec §13.7). */
const NAMES: ReadonlyMap<string, string> = new Map(
  [...READERS.keys()].map((name) => [name.toLowerCase(), name]),
)
