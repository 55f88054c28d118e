import { asList, asObject, flag, integer, isObject, text } from './decode'
import { type Json, type JsonObject, NumberLiteral } from './json'

/** A place in a definition: line and column from 1, byte from 0 (http-api.md §5.3). */
export interface Position {
  readonly line: number
  readonly column: number
  readonly byte: number
}

export interface Range {
  readonly environment: string
  readonly begin: Position
  readonly end: Position
}

/** Where a value was made, and what it was merged over. */
export interface Trace {
  readonly def: Range | undefined
  readonly base: Value | undefined
}

/** What an evaluated value holds. */
export type Content = null | boolean | string | NumberLiteral | readonly Value[] | ReadonlyMap<string, Value>

export interface Value {
  readonly content: Content
  readonly secret: boolean
  readonly unknown: boolean
  readonly trace: Trace
}

/** An evaluated environment as the server sends it. */
export interface Environment {
  readonly properties: ReadonlyMap<string, Value>
  /** The top-level expressions; only in the answer of a check. */
  readonly exprs: ReadonlyMap<string, Json>
}

export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  readonly summary: string
  readonly range: Range | undefined
}

export function decodeEnvironment(json: Json): Environment {
  const object = asObject(json, 'environment')
  const properties = object.get('properties')
  const exprs = object.get('exprs')
  return {
    properties: isObject(properties) ? mapValues(properties, decodeValue) : new Map(),
    exprs: isObject(exprs) ? exprs : new Map(),
  }
}

export function decodeValue(json: Json): Value {
  const object = asObject(json, 'value')
  const trace = object.get('trace')
  return {
    content: decodeContent(object.get('value') ?? null),
    secret: flag(object, 'secret'),
    unknown: flag(object, 'unknown'),
    trace: isObject(trace) ? decodeTrace(trace) : { def: undefined, base: undefined },
  }
}

function decodeContent(json: Json): Content {
  if (json === null || typeof json !== 'object' || json instanceof NumberLiteral) return json
  return isObject(json) ? mapValues(json, decodeValue) : asList(json, 'value').map(decodeValue)
}

function decodeTrace(trace: JsonObject): Trace {
  const def = trace.get('def')
  const base = trace.get('base')
  return {
    def: isObject(def) ? decodeRange(def) : undefined,
    base: isObject(base) ? decodeValue(base) : undefined,
  }
}

export function decodeRange(range: JsonObject): Range {
  return {
    environment: text(range, 'environment'),
    begin: decodePosition(range.get('begin')),
    end: decodePosition(range.get('end')),
  }
}

function decodePosition(json: Json | undefined): Position {
  const position = isObject(json) ? json : new Map<string, Json>()
  return {
    line: integer(position, 'line'),
    column: integer(position, 'column'),
    byte: integer(position, 'byte'),
  }
}

/** The diagnostics of an answer; absent means none. A missing severity is an error (http-api.md §1.6). */
export function decodeDiagnostics(json: Json | undefined): Diagnostic[] {
  if (!isObject(json)) return []
  return asList(json.get('diagnostics'), 'diagnostics').map((item) => {
    const diagnostic = asObject(item, 'diagnostic')
    const range = diagnostic.get('range')
    return {
      severity: text(diagnostic, 'severity') === 'warning' ? 'warning' : 'error',
      summary: text(diagnostic, 'summary'),
      range: isObject(range) ? decodeRange(range) : undefined,
    }
  })
}

/** The value of a whole environment: the object of its properties, without a position. */
export function environmentValue(environment: Environment): Value {
  return {
    content: environment.properties,
    secret: false,
    unknown: false,
    trace: { def: undefined, base: undefined },
  }
}

function mapValues<A, B>(map: ReadonlyMap<string, A>, convert: (item: A) => B): Map<string, B> {
  return new Map([...map].map(([key, item]) => [key, convert(item)]))
}
