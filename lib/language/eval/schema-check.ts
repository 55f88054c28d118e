import { compiledOf } from '../schema/compile'
import { unmarked } from '../schema/rotate-only'
import type { Schema, SchemaRecord } from '../schema/schema'
import { joinIndex, joinKey } from '../syntax/path'
import { getOwn } from '../text/json'
import type { Expr } from './expr'
import { type TypeProblem, type TypeSink, tryCheck } from './type-check'
import type { Value } from './value'

/** Checks what is known of an unknown value, its schema, against another schema (spec §14, "Schemas"). */
export function checkUnknown(value: Value, accept: SchemaRecord, report: TypeSink): boolean {
  const known = value.schema === undefined ? undefined : value.schema
  return checkSchema(known, accept, { spot: { at: value.def, path: '', beyond: false }, report, seen: [] })
}

/** The expression that is blamed, and the way to the part under comparison since the last literal on it. */
interface Spot {
  readonly at: Expr
  readonly path: string
  /** Whether the way goes on behind the expression: only then it is part of messages. */
  readonly beyond: boolean
}

interface Comparison {
  readonly spot: Spot
  readonly report: TypeSink
  /** Pairs under comparison: a recursive schema meets itself again. */
  readonly seen: readonly (readonly [SchemaRecord, SchemaRecord])[]
}

function checkSchema(
  known: Schema | undefined,
  accepted: Schema | undefined,
  comparison: Comparison,
): boolean {
  const accept = accepted === undefined ? true : unmarked(accepted)
  if (typeof accept === 'boolean') return accept
  const schema = known === undefined ? true : unmarked(known)
  if (typeof schema === 'boolean') return schema
  if (comparison.seen.some(([a, b]) => a === schema && b === accept)) return true
  return new SchemaComparison(schema, accept, {
    ...comparison,
    seen: [...comparison.seen, [schema, accept]],
  }).check()
}

class SchemaComparison {
  private ok = true

  constructor(
    private readonly schema: SchemaRecord,
    private readonly accept: SchemaRecord,
    private readonly comparison: Comparison,
  ) {}

  check(): boolean {
    const { schema, accept } = this
    const acceptRef = compiledOf(accept).ref
    if (acceptRef !== undefined) this.require(checkSchema(schema, acceptRef(), this.comparison))
    const schemaRef = compiledOf(schema).ref
    if (schemaRef !== undefined) this.require(checkSchema(schemaRef(), accept, this.comparison))
    this.requireAny(schema.anyOf, (member, inner) => checkSchema(member, accept, inner))
    this.requireAny(schema.oneOf, (member, inner) => checkSchema(member, accept, inner))
    if (schema.type && accept.type && schema.type !== accept.type) {
      this.fail(`expected ${accept.type}, got ${schema.type}`)
    }
    this.requireAny(accept.anyOf, (member, inner) => checkSchema(schema, member, inner))
    this.requireAny(accept.oneOf, (member, inner) => checkSchema(schema, member, inner))
    if (schema.type === 'array') this.checkArray()
    if (schema.type === 'object') this.checkObject()
    return this.ok
  }

  private require(ok: boolean): void {
    this.ok &&= ok
  }

  private fail(summary: string, spot: Spot = this.comparison.spot): void {
    this.comparison.report({ at: spot.at, summary: spot.beyond ? `${spot.path}: ${summary}` : summary })
    this.ok = false
  }

  private requireAny(
    members: readonly Schema[] | undefined,
    check: (member: Schema, comparison: Comparison) => boolean,
  ): void {
    if (members === undefined || members.length === 0) return
    const problems: TypeProblem[] = []
    for (const member of members) {
      const outcome = tryCheck((report) => check(member, { ...this.comparison, report }))
      if (outcome.ok) return
      problems.push(...outcome.problems)
    }
    for (const problem of problems) this.comparison.report(problem)
    this.fail('at least one subschema must match')
  }

  private compare(known: Schema | undefined, accept: Schema | undefined, spot: Spot): void {
    this.require(checkSchema(known, accept, { ...this.comparison, spot }))
  }

  private checkArray(): void {
    const { schema, accept } = this
    const known = schema.prefixItems ?? []
    const accepted = accept.prefixItems ?? []
    for (let index = 0; index < Math.max(known.length, accepted.length); index++) {
      this.compare(known[index] ?? schema.items, accepted[index] ?? accept.items, this.element(index))
    }
    if (schema.items !== undefined && unmarked(schema.items) !== false) {
      this.compare(schema.items, accept.items, this.comparison.spot)
    }
  }

  private element(index: number): Spot {
    const { at, path } = this.comparison.spot
    const child = at.form.kind === 'array' ? at.form.elements[index] : undefined
    if (child !== undefined) return { at: child, path: joinIndex('', index), beyond: false }
    return { at, path: joinIndex(path, index), beyond: true }
  }

  private property(name: string): Spot {
    const { at, path } = this.comparison.spot
    const child = at.form.kind === 'object' ? at.form.properties.get(name) : undefined
    if (child !== undefined) return { at: child, path: joinKey('', name), beyond: false }
    return { at, path: joinKey(path, name), beyond: true }
  }

  private checkObject(): void {
    const { schema, accept } = this
    for (const [name, known] of Object.entries(schema.properties ?? {})) {
      this.compare(known, getOwn(accept.properties, name) ?? accept.additionalProperties, this.property(name))
    }
    const additional = schema.additionalProperties
    if (additional === undefined) this.checkRequired()
    else if (unmarked(additional) !== false) {
      this.compare(additional, accept.additionalProperties, this.comparison.spot)
    }
  }

  private checkRequired(): void {
    const { accept } = this
    const required = new Set(this.schema.required)
    const dependent = Object.entries(accept.dependentRequired ?? {}).flatMap(([name, names]) =>
      required.has(name) ? names : [],
    )
    for (const name of [...(accept.required ?? []), ...dependent]) {
      if (!required.has(name)) this.fail('missing required property', this.property(name))
    }
  }
}
