import type { Accessor } from '../ast/expression'
import { schemaItem, schemaProperty } from '../schema/access'
import { unmarked } from '../schema/rotate-only'
import type { Schema, SchemaRecord } from '../schema/schema'
import type { Diagnostic } from '../syntax/diagnostic'
import { goQuote } from '../text/go-quote'
import { compareUtf8 } from '../text/order'
import { nearest } from '../text/spelling'
import type { Evaluator } from './evaluator'
import { type Expr, literalAt, missingExpr, type ResolvableAccess } from './expr'
import { isObjectValue, unknownValue, Value } from './value'

/** Evaluates what an access refers to (spec §11). The value is shared: a symbol copies it. */
export function evaluateAccess(referrer: Expr, access: ResolvableAccess, evaluator: Evaluator): Value {
  const value = new AccessEvaluation(referrer, access, evaluator).evaluate()
  if (!value.tainted) return value
  const { def, schema, repr, base } = value
  return new Value(def, { schema, repr, base, secret: true })
}

/** A problem of one accessor; undefined means that it went well. */
type Checked<T> = { readonly ok: true; readonly found: T } | { readonly ok: false; readonly problem: string }

class AccessEvaluation {
  private readonly accessors: readonly Accessor[]

  constructor(
    private readonly referrer: Expr,
    private readonly access: ResolvableAccess,
    private readonly evaluator: Evaluator,
  ) {
    this.accessors = access.access.accessors
    access.resolved.length = 0
  }

  evaluate(): Value {
    const { scope } = this.evaluator
    const [first] = this.accessors
    const name = first === undefined || first.kind === 'index' ? undefined : first.name
    if (name === 'imports') return this.startAt(scope.imports)
    if (name === 'context') return this.startAt(scope.context)
    if (name === 'environments') return this.inlineReference()
    return this.walkExprs(scope.root)
  }

  private startAt(value: Value): Value {
    this.access.resolved.push(value.def)
    return this.walkValue(value, 1)
  }

  private fail(index: number, problem: string): Value {
    const accessor = this.accessors[index]
    const range = accessor?.range ?? this.referrer.place.range
    const diagnostic: Diagnostic = {
      severity: 'error',
      code: 'access',
      summary: problem,
      path: this.referrer.place.path,
      ...(range && { range }),
    }
    this.evaluator.report(diagnostic)
    return this.invalid(index)
  }

  /** The failing accessor and all after it resolve to unknown values. */
  private invalid(index: number): Value {
    let last = unknownValue(literalAt(this.referrer))
    for (let i = index; i < this.accessors.length; i++) {
      last = unknownValue(literalAt(this.referrer))
      this.access.resolved.push(last.def)
    }
    return last
  }

  /** Descends through containers without evaluating them, so that siblings do not form cycles. */
  private walkExprs(root: Expr): Value {
    let expr = root
    for (let index = 0; index < this.accessors.length; ) {
      const { form } = expr
      if (form.kind === 'call' && form.call.function === 'fn::secret') {
        const plaintext = form.parts.plaintext
        if (plaintext === undefined || plaintext.form.kind === 'missing') {
          this.evaluator.error(this.referrer, 'internal error: no receiver', 'access')
          return this.invalid(index)
        }
        expr = plaintext
        continue
      }
      if (form.kind !== 'array' && form.kind !== 'object') {
        return this.walkValue(this.evaluator.evaluate(expr), index)
      }
      const step = form.kind === 'array' ? this.elementOf(form.elements, index) : this.keyOf(index)
      if (!step.ok) return this.fail(index, step.problem)
      const next = typeof step.found === 'string' ? this.declared(expr, step.found) : step.found
      if (next === undefined) return this.undeclared(expr, index)
      this.access.resolved.push(next)
      expr = next
      index++
    }
    return this.evaluator.evaluate(expr)
  }

  private declared(expr: Expr, key: string): Expr | undefined {
    return expr.form.kind === 'object' ? expr.form.properties.get(key) : undefined
  }

  private undeclared(expr: Expr, index: number): Value {
    if (expr.base !== undefined && isObjectValue(expr.base)) return this.walkValue(expr.base, index)
    const declared = expr.form.kind === 'object' ? expr.form.properties : new Map<string, Expr>()
    return this.fail(index, this.unknownProperty(index, [...declared.keys()]))
  }

  private unknownProperty(index: number, candidates: readonly string[]): string {
    const key = this.keyOf(index)
    const name = key.ok ? key.found : ''
    const suggestion = nearest(name, [...candidates].sort(compareUtf8))
    const hint = suggestion === '' ? '' : `; did you mean ${goQuote(suggestion)}?`
    return `unknown property ${goQuote(name)}${hint}`
  }

  private keyOf(index: number): Checked<string> {
    const accessor = this.accessors[index]
    if (accessor === undefined || accessor.kind === 'index') {
      return { ok: false, problem: 'cannot access an object property using an integer index' }
    }
    return { ok: true, found: accessor.name }
  }

  private elementOf<T>(elements: readonly T[], index: number): Checked<T> {
    const at = this.indexOf(index, elements.length)
    if (!at.ok) return at
    const found = elements[at.found]
    return found === undefined ? { ok: false, problem: 'internal error: no element' } : { ok: true, found }
  }

  private indexOf(index: number, length: number): Checked<number> {
    const accessor = this.accessors[index]
    if (accessor === undefined || accessor.kind !== 'index') {
      return { ok: false, problem: 'cannot access an array element using a property name' }
    }
    if (accessor.index < 0n) return { ok: false, problem: 'array indices must not be negative' }
    if (accessor.index >= length) {
      return {
        ok: false,
        problem: `array index ${accessor.index} out-of-bounds for array of length ${length}`,
      }
    }
    return { ok: true, found: Number(accessor.index) }
  }

  private walkValue(start: Value, from: number): Value {
    let value = start
    for (let index = from; index < this.accessors.length; ) {
      if (value.pending !== undefined) this.evaluator.waitFor(value.pending)
      if (value.unknown) return this.walkUnknown(value, index)
      const layer = this.layerOf(value, index)
      if (layer !== value) {
        value = layer
        continue
      }
      const next = this.memberOf(value, index)
      if (!next.ok) return this.fail(index, next.problem)
      if (next.found === undefined) {
        const own = value.repr instanceof Map ? [...value.repr.keys()] : []
        return this.fail(index, this.unknownProperty(index, own))
      }
      value = next.found
      this.access.resolved.push(value.def)
      index++
    }
    return value
  }

  /**
   * The value itself, or the base to look in. Every import is a layer over the ones before it and every access starts at
   * the uppermost, so this allocates nothing on its way down.
   */
  private layerOf(value: Value, index: number): Value {
    const accessor = this.accessors[index]
    if (accessor === undefined || accessor.kind === 'index') return value
    let layer = value
    while (layer.repr instanceof Map && !layer.unknown && layer.pending === undefined) {
      if (layer.base === undefined || !isObjectValue(layer.base) || layer.repr.has(accessor.name)) break
      layer = layer.base
    }
    return layer
  }

  /** The element or own property; undefined when a map lacks it. */
  private memberOf(value: Value, index: number): Checked<Value | undefined> {
    const { repr } = value
    if (Array.isArray(repr)) return this.elementOf(repr, index)
    if (!(repr instanceof Map)) return { ok: false, problem: 'receiver must be an array or an object' }
    const key = this.keyOf(index)
    return key.ok ? { ok: true, found: repr.get(key.found) } : key
  }

  /** Of an unknown value only the schema can be walked. */
  private walkUnknown(start: Value, from: number): Value {
    let value = start
    let schema = start.schema
    for (let index = from; index < this.accessors.length; index++) {
      const step = this.schemaStep(schema, index)
      if (!step.ok) return this.fail(index, step.problem)
      schema = step.found
      value = unknownValue(literalAt(this.referrer), schema)
      value.pending = start.pending
      this.access.resolved.push(value.def)
    }
    return value
  }

  private schemaStep(schema: Schema | undefined, index: number): Checked<Schema> {
    const plain = schema === undefined ? false : unmarked(schema)
    if (plain === true) return { ok: true, found: true }
    if (plain !== false && plain.type === 'array') {
      const at = this.indexOf(index, arrayBound(plain))
      return at.ok ? { ok: true, found: schemaItem(plain, at.found) } : at
    }
    if (plain !== false && plain.type === 'object') {
      const key = this.keyOf(index)
      return key.ok ? { ok: true, found: schemaProperty(plain, key.found) } : key
    }
    return { ok: false, problem: 'receiver must be an array or an object' }
  }

  /** `${environments.project.env…}` (spec §10.5). */
  private inlineReference(): Value {
    if (this.accessors.length < 3) {
      this.access.resolved.push(...this.accessors.map(() => this.referrer))
      return unknownValue(this.referrer)
    }
    const project = this.keyOf(1)
    const name = this.keyOf(2)
    if (!project.ok || !name.ok) {
      for (const [index, key] of [project, name].entries()) {
        if (key.ok) continue
        const range = this.accessors[index + 1]?.range ?? this.referrer.place.range
        const { path } = this.referrer.place
        this.evaluator.report({
          severity: 'error',
          code: 'access',
          summary: key.problem,
          path,
          ...(range && { range }),
        })
      }
      return this.invalid(0)
    }
    const environment = this.load(`${project.found}/${name.found}`)
    this.access.resolved.push(this.referrer, this.referrer, environment.def)
    return this.walkValue(environment, 3)
  }

  private load(name: string): Value {
    const loaded = this.evaluator.scope.load(name, this.referrer)
    if (loaded.state === 'done') return loaded.value
    const value = unknownValue(missingExpr())
    if (loaded.state === 'pending') {
      this.evaluator.waitFor(loaded)
      value.pending = loaded
    }
    return value
  }
}

/** How many elements an unknown array can have. */
function arrayBound(schema: SchemaRecord): number {
  return schema.items === false ? (schema.prefixItems?.length ?? 0) : Number.POSITIVE_INFINITY
}
