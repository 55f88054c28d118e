import { compiledOf } from '../schema/compile'
import { unmarked } from '../schema/rotate-only'
import type { Schema, SchemaRecord } from '../schema/schema'
import { goQuote } from '../text/go-quote'
import type { Json } from '../text/json'
import { getOwn, JsonNumber } from '../text/json'
import { compactJson } from '../text/json-write'
import { utf8Length } from '../text/utf8'
import { checkNumber } from './check-number'
import { equalsJson } from './equals-json'
import type { Expr } from './expr'
import { checkUnknown } from './schema-check'
import { keysOf, propertyOf, type Value } from './value'

/** Where a problem was found and what it is. */
export interface TypeProblem {
  readonly at: Expr
  readonly summary: string
}

export type TypeSink = (problem: TypeProblem) => void

/**
 * Checks a value against a schema (spec §14). A refusal by the schema `false` has no message of its own; an
 * object names the property that it refuses.
 *
 * @returns whether the value is accepted
 */
export function checkType(value: Value, accept: Schema | undefined, report: TypeSink): boolean {
  const schema = accept === undefined ? true : unmarked(accept)
  if (typeof schema === 'boolean') return schema
  if (value.unknown) return checkUnknown(value, schema, report)
  return new ValueCheck(value, schema, report).check()
}

/** Runs a check for its result alone, keeping its problems. */
export function tryCheck(check: (report: TypeSink) => boolean): {
  readonly ok: boolean
  readonly problems: TypeProblem[]
} {
  const problems: TypeProblem[] = []
  const ok = check((problem) => problems.push(problem))
  return { ok, problems }
}

class ValueCheck {
  private ok = true

  constructor(
    private readonly value: Value,
    private readonly schema: SchemaRecord,
    private readonly report: TypeSink,
  ) {}

  /** All rules apply; a failure does not stop the later ones. */
  check(): boolean {
    const { ref } = compiledOf(this.schema)
    if (ref !== undefined) this.require(checkType(this.value, ref(), this.report))
    if (this.schema.anyOf && this.schema.anyOf.length > 0) this.checkAnyOf(this.schema.anyOf)
    if (this.schema.oneOf && this.schema.oneOf.length > 0) this.checkOneOf(this.schema.oneOf)
    this.checkConstants()
    this.checkKind()
    return this.ok
  }

  private require(ok: boolean): void {
    this.ok &&= ok
  }

  private fail(summary: string): void {
    this.report({ at: this.value.def, summary })
    this.ok = false
  }

  private checkAnyOf(members: readonly Schema[]): void {
    const problems: TypeProblem[] = []
    for (const member of members) {
      const outcome = tryCheck((report) => checkType(this.value, member, report))
      if (outcome.ok) return
      problems.push(...outcome.problems)
    }
    for (const problem of problems) this.report(problem)
    this.fail('at least one subschema must match')
  }

  private checkOneOf(members: readonly Schema[]): void {
    const problems: TypeProblem[] = []
    let matched = false
    for (const member of members) {
      const outcome = tryCheck((report) => checkType(this.value, member, report))
      problems.push(...outcome.problems)
      if (outcome.ok && matched) {
        this.fail('exactly one subschema may match')
        return
      }
      matched ||= outcome.ok
    }
    if (matched) return
    for (const problem of problems) this.report(problem)
    this.fail('exactly one subschema must match')
  }

  private checkConstants(): void {
    const { const: constant, enum: list } = this.schema
    if (constant !== undefined && constant !== null && !equalsJson(this.value, constant)) {
      this.fail(`expected ${compactJson(constant)}`)
    }
    if (list === undefined || list.length === 0 || list.some((member) => equalsJson(this.value, member)))
      return
    this.fail(enumMessage(list))
  }

  private checkKind(): void {
    const { type } = this.schema
    const kind = kindOf(this.value)
    if (type !== undefined && type !== '' && type !== kind) {
      this.fail(`expected ${type}, got ${kind}`)
      return
    }
    const { repr } = this.value
    if (repr instanceof JsonNumber) checkNumber(repr, this.schema, (summary) => this.fail(summary))
    else if (typeof repr === 'string') this.checkString(repr)
    else if (Array.isArray(repr)) this.checkArray(repr)
    else if (repr instanceof Map) this.checkObject()
  }

  private checkString(text: string): void {
    const { minLength, maxLength, pattern } = this.schema
    const { lengths, pattern: compiled } = compiledOf(this.schema)
    const length = BigInt(utf8Length(text))
    if (lengths.minLength !== undefined && length < lengths.minLength) {
      this.fail(`expected a string of at least length ${printed(minLength)}`)
    }
    if (lengths.maxLength !== undefined && length > lengths.maxLength) {
      this.fail(`expected a string of at most length ${printed(maxLength)}`)
    }
    if (compiled !== undefined && !compiled.matches(text)) {
      this.fail(`string must match the pattern ${goQuote(pattern ?? '')}`)
    }
  }

  private checkArray(elements: readonly Value[]): void {
    const { minItems, maxItems, prefixItems, items } = this.schema
    const { lengths } = compiledOf(this.schema)
    if (lengths.minItems !== undefined && BigInt(elements.length) < lengths.minItems) {
      this.fail(`expected an array with at least ${printed(minItems)} items`)
    }
    if (lengths.maxItems !== undefined && BigInt(elements.length) > lengths.maxItems) {
      this.fail(`expected an array with at most ${printed(maxItems)} items`)
    }
    for (const [index, element] of elements.entries()) {
      this.require(checkType(element, prefixItems?.[index] ?? items, this.report))
    }
  }

  private checkObject(): void {
    const { minProperties, maxProperties, properties, additionalProperties } = this.schema
    const { lengths } = compiledOf(this.schema)
    const keys = keysOf(this.value)
    if (lengths.minProperties !== undefined && BigInt(keys.length) < lengths.minProperties) {
      this.fail(`expected an object with at least ${printed(minProperties)} properties`)
    }
    if (lengths.maxProperties !== undefined && BigInt(keys.length) > lengths.maxProperties) {
      this.fail(`expected an object with at most ${printed(maxProperties)} properties`)
    }
    for (const key of keys) {
      const property = propertyOf(this.value, this.value.def, key)
      if (property === undefined) continue
      const accept = getOwn(properties, key) ?? additionalProperties
      if (accept === false) this.report({ at: property.def, summary: `unexpected property ${goQuote(key)}` })
      this.require(checkType(property, accept, this.report))
    }
    this.checkRequired(new Set(keys))
  }

  private checkRequired(keys: ReadonlySet<string>): void {
    const { required = [], dependentRequired = {} } = this.schema
    const dependent = Object.entries(dependentRequired).flatMap(([name, names]) =>
      keys.has(name) ? names : [],
    )
    const missing = [...required, ...dependent].filter((name) => !keys.has(name))
    if (missing.length > 0) this.fail(`missing required properties: ${missing.join(', ')}`)
  }
}

function printed(limit: SchemaRecord['minLength']): string {
  return limit instanceof JsonNumber ? limit.text : String(limit)
}

function enumMessage(list: readonly Json[]): string {
  const [only] = list
  if (only !== undefined && list.length === 1) return `expected ${compactJson(only)}`
  return `expected one of ${compactJson(list)}`
}

function kindOf({ repr }: Value): string {
  if (repr === null) return 'null'
  if (repr instanceof JsonNumber) return 'number'
  if (Array.isArray(repr)) return 'array'
  return repr instanceof Map ? 'object' : typeof repr
}
