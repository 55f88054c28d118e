import { goQuote } from '../text/go-quote'
import { getOwn, numberText } from '../text/json'
import { BigFloat } from './big-float'
import { schemaMap } from './build'
import { compilePattern, type Pattern } from './pattern'
import { keepMark, markRotateOnly } from './rotate-only'
import type { Schema, SchemaMap, SchemaNumber, SchemaRecord } from './schema'

/** What a schema's limits and references mean, worked out once (spec §13.2). */
export interface Compiled {
  /** The target of `$ref`. */
  readonly ref?: () => Schema
  readonly numbers: { readonly [limit in NumberLimit]?: BigFloat }
  readonly lengths: { readonly [limit in LengthLimit]?: bigint }
  readonly pattern?: Pattern
}

type NumberLimit = (typeof NUMBER_LIMITS)[number]
type LengthLimit = (typeof LENGTHS)[number]

const NUMBER_LIMITS = ['multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'] as const
const LENGTHS = ['maxLength', 'minLength', 'maxItems', 'minItems', 'maxProperties', 'minProperties'] as const
const BEFORE_PATTERN: readonly LengthLimit[] = ['maxLength', 'minLength']

const NOTHING: Compiled = { numbers: {}, lengths: {} }
const compiled = new WeakMap<SchemaRecord, Compiled>()

/** The compiled form of a schema; nothing for one that was never compiled or has no limits. */
export function compiledOf(schema: SchemaRecord): Compiled {
  return compiled.get(schema) ?? NOTHING
}

export type CompileResult =
  | { readonly ok: true; readonly schema: Schema }
  | { readonly ok: false; readonly message: string }

/**
 * Checks a schema and prepares it for validation. The result is the schema itself, or a copy in which the parts named by
 * `rotateOnly` are marked. The first fault ends it.
 */
export function compileSchema(root: Schema): CompileResult {
  try {
    return { ok: true, schema: new Compiler(root).compile(root) }
  } catch (error) {
    if (!(error instanceof SchemaFault)) throw error
    return { ok: false, message: error.message }
  }
}

/** Ends a compilation; never leaves this file. */
class SchemaFault extends Error {}

/** Deeper schemas are refused: validation recurses. */
const MAX_DEPTH = 500

class Compiler {
  private readonly done = new Map<SchemaRecord, SchemaRecord>()
  private readonly inProgress = new Set<SchemaRecord>()

  constructor(private readonly root: Schema) {}

  compile(schema: Schema): Schema {
    if (typeof schema === 'boolean' || this.inProgress.has(schema)) return schema
    const known = this.done.get(schema)
    if (known !== undefined) return known
    if (this.inProgress.size >= MAX_DEPTH) throw new SchemaFault('schema is nested too deeply')
    this.inProgress.add(schema)
    const result = this.compileRecord(schema)
    this.inProgress.delete(schema)
    this.done.set(schema, result)
    return result
  }

  private compileRecord(schema: SchemaRecord): SchemaRecord {
    const ref = schema.$ref === undefined || schema.$ref === '' ? undefined : this.compileRef(schema.$ref)
    const result = this.compileMembers(schema)
    const numbers: { [limit in NumberLimit]?: BigFloat } = {}
    for (const limit of NUMBER_LIMITS) addDefined(numbers, limit, parseNumber(schema[limit]))
    const lengths: { [limit in LengthLimit]?: bigint } = {}
    for (const limit of BEFORE_PATTERN) addDefined(lengths, limit, parseLength(schema[limit]))
    const pattern =
      schema.pattern === undefined || schema.pattern === '' ? undefined : parsePattern(schema.pattern)
    for (const limit of LENGTHS) addDefined(lengths, limit, parseLength(schema[limit]))
    compiled.set(result, { ...(ref && { ref }), ...(pattern && { pattern }), numbers, lengths })
    return result
  }

  private compileRef(ref: string): () => Schema {
    const name = /^#\/\$defs\/([^/]*)$/.exec(ref)?.[1]
    if (name === undefined)
      throw new SchemaFault('only fragment references of the form #/$defs/ref are supported')
    const definitions = typeof this.root === 'object' ? this.root.$defs : undefined
    const target = getOwn(definitions, unescapeName(name))
    if (target === undefined) throw new SchemaFault(`unknown subschema ${ref}`)
    this.compile(target)
    return () => (typeof target === 'object' ? (this.done.get(target) ?? target) : target)
  }

  private compileMembers(schema: SchemaRecord): SchemaRecord {
    const members = {
      ...this.listMember(schema, 'anyOf'),
      ...this.listMember(schema, 'oneOf'),
      ...this.listMember(schema, 'prefixItems'),
      ...this.member(schema, 'items'),
      ...this.member(schema, 'additionalProperties'),
    }
    const properties = this.compileProperties(schema)
    const copy = { ...schema, ...members, ...(properties && { properties }) }
    const changed = (Object.keys(copy) as (keyof SchemaRecord)[]).some((name) => copy[name] !== schema[name]) // keys of a record are its members
    return changed ? keepMark(schema, copy) : schema
  }

  private member(schema: SchemaRecord, name: 'items' | 'additionalProperties'): SchemaRecord {
    const value = schema[name]
    return value === undefined ? {} : { [name]: this.compile(value) }
  }

  private listMember(schema: SchemaRecord, name: 'anyOf' | 'oneOf' | 'prefixItems'): SchemaRecord {
    const list = schema[name]
    if (list === undefined) return {}
    const result = list.map((member) => this.compile(member))
    return result.every((member, index) => member === list[index]) ? {} : { [name]: result }
  }

  private compileProperties(schema: SchemaRecord): SchemaMap | undefined {
    if (schema.properties === undefined) return undefined
    const rotateOnly = new Set(schema.rotateOnly)
    let changed = false
    const entries = Object.entries(schema.properties).map(([name, property]): [string, Schema] => {
      const result = this.compile(property)
      const final = rotateOnly.has(name) ? markRotateOnly(result) : result
      changed ||= final !== property
      return [name, final]
    })
    return changed ? schemaMap(entries) : schema.properties
  }
}

function addDefined<K extends string, T>(target: { [name in K]?: T }, name: K, value: T | undefined): void {
  if (value !== undefined) target[name] = value
}

function unescapeName(name: string): string {
  const bad = /%(?![0-9a-fA-F]{2}).{0,2}/.exec(name)
  if (bad !== null) throw new SchemaFault(`invalid URL escape ${goQuote(bad[0])}`)
  try {
    return decodeURIComponent(name)
  } catch {
    throw new SchemaFault('invalid URL escape in reference')
  }
}

function parseNumber(value: SchemaNumber | undefined): BigFloat | undefined {
  if (value === undefined) return undefined
  const number = BigFloat.parse(numberText(value))
  if (number === undefined) throw new SchemaFault('invalid number')
  return number
}

function parseLength(value: SchemaNumber | undefined): bigint | undefined {
  if (value === undefined) return undefined
  const text = numberText(value)
  const fault = (reason: string) => new SchemaFault(`strconv.ParseUint: parsing ${goQuote(text)}: ${reason}`)
  if (!/^[0-9]+$/.test(text)) throw fault('invalid syntax')
  if (text.replace(/^0+/, '').length > 20 || BigInt(text) >= 1n << 64n) throw fault('value out of range')
  return BigInt(text)
}

function parsePattern(text: string): Pattern {
  const result = compilePattern(text)
  if (!result.ok) throw new SchemaFault(`error parsing regexp: ${result.message}`)
  return result.pattern
}
