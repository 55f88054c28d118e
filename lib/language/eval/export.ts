import { exportSchema } from '../schema/export'
import { ALWAYS, type Schema } from '../schema/schema'
import { NO_POSITION, type Range } from '../syntax/range'
import { JsonNumber, jsonNumber, setOwn } from '../text/json'
import { compareUtf8 } from '../text/order'
import { toValid } from '../text/utf8'
import type { ShownArgument } from './builtin'
import type {
  ExportedAccessor,
  ExportedExpr,
  ExportedProperties,
  ExportedRange,
  ExportedValue,
} from './evaluation'
import type { AccessForm, CallForm, Expr, Literal, ObjectForm, Place, ResolvableAccess } from './expr'
import { keysOf, propertyOf, type Value } from './value'

const ZERO: ExportedRange = { begin: NO_POSITION, end: NO_POSITION }

/** The name under which things without a place show in the bases of values (spec §15.1). */
const IMPORT = '<import>'

/** While an object is being built. */
type Mutable<T> = { -readonly [K in keyof T]: T[K] }

interface Budget {
  spendValue(): void
}

/** Writes values and expressions in their wire form (spec §15). */
export class Exporter {
  constructor(
    /** The environment being exported. */
    private readonly environment: string,
    private readonly budget: Budget,
  ) {}

  private rangeOf(place: Place, environment = this.environment): ExportedRange {
    return exportRange(place.range, environment)
  }

  /** Exported once: the first export of a value wins. */
  value(value: Value, environment = this.environment): ExportedValue {
    if (value.exported !== undefined) return value.exported
    this.budget.spendValue()
    const content = this.content(value, environment)
    const base = value.base && this.value(value.base, IMPORT)
    const def = this.rangeOf(value.def.place, environment)
    const exported: Mutable<ExportedValue> = { trace: base === undefined ? { def } : { def, base } }
    if (content !== undefined) exported.value = content
    if (value.secret) exported.secret = true
    if (value.unknown) exported.unknown = true
    value.exported = exported
    return exported
  }

  private content(value: Value, environment: string): ExportedValue['value'] {
    const { repr } = value
    if (repr === null) return undefined
    if (typeof repr === 'string') return toValid(repr)
    if (repr instanceof JsonNumber) return jsonNumber(repr.text)
    if (Array.isArray(repr)) return repr.map((element) => this.value(element, environment))
    return repr instanceof Map ? this.properties(value, environment) : repr
  }

  /** All keys of a map, those of its bases included. */
  properties(value: Value, environment = this.environment): ExportedProperties {
    const properties: { [key: string]: ExportedValue } = {}
    for (const key of keysOf(value)) {
      const property = propertyOf(value, value.def, key)
      if (property !== undefined) setOwn(properties, key, this.value(property, environment))
    }
    return properties
  }

  expr(x: Expr): ExportedExpr {
    this.budget.spendValue()
    const exported: Mutable<ExportedExpr> = { range: this.rangeOf(x.place) }
    if (x.schema !== undefined) exported.schema = exportSchema(x.schema)
    if (x.base !== undefined) exported.base = this.expr(x.base.def)
    this.addForm(exported, x.form)
    return exported
  }

  private addForm(exported: Mutable<ExportedExpr>, form: Expr['form']): void {
    switch (form.kind) {
      case 'missing':
        break
      case 'literal':
        addLiteral(exported, form.value)
        break
      case 'symbol':
        if (form.access.access.accessors.length > 0) exported.symbol = this.accessors(form.access)
        break
      case 'interpolation':
        exported.interpolate = form.parts.map((part) => this.part(part))
        break
      case 'array':
        if (form.elements.length > 0) exported.list = form.elements.map((element) => this.expr(element))
        break
      case 'object':
        this.addObject(exported, form)
        break
      case 'call':
        exported.builtin = this.call(form)
        break
      case 'access':
        this.addAccess(exported, form)
    }
  }

  private part(part: { readonly text: string; readonly access: ResolvableAccess | undefined }) {
    const text = toValid(part.text)
    if (part.access === undefined) return { text }
    const value = this.accessors(part.access)
    return text === '' ? { value } : { text, value }
  }

  private accessors({ access, resolved }: ResolvableAccess): ExportedAccessor[] {
    return access.accessors.map((accessor, index) => {
      const def = resolved[index]
      const range = exportRange(accessor.range, this.environment)
      const value = def === undefined ? ZERO : this.rangeOf(def.place)
      if (accessor.kind !== 'index') return { key: toValid(accessor.name), range, value }
      return { index: jsonNumber(String(accessor.index)), range, value }
    })
  }

  private addObject(exported: Mutable<ExportedExpr>, form: ObjectForm): void {
    if (form.keys.size > 0) {
      const keyRanges: { [key: string]: ExportedRange } = {}
      for (const [key, place] of form.keys) setOwn(keyRanges, key, this.rangeOf(place))
      exported.keyRanges = keyRanges
    }
    if (form.properties.size > 0) exported.object = this.exprs(form.sorted)
  }

  exprs(entries: Iterable<readonly [string, Expr]>): { readonly [key: string]: ExportedExpr } {
    const object: { [key: string]: ExportedExpr } = {}
    for (const [key, expr] of entries) setOwn(object, key, this.expr(expr))
    return object
  }

  /** A chain of late-bound accesses shows as one access of the first receiver. */
  private addAccess(exported: Mutable<ExportedExpr>, { receiver, name }: AccessForm): void {
    const accessor = { key: toValid(name), range: exportRange(undefined, this.environment) }
    const { def } = receiver
    if (def.form.kind !== 'access') {
      exported.access = { receiver: this.rangeOf(def.place), accessors: [accessor] }
      return
    }
    const outer = this.expr(def)
    Object.assign(exported, outer)
    exported.access = {
      receiver: outer.access?.receiver ?? ZERO,
      accessors: [...(outer.access?.accessors ?? []), accessor],
    }
  }

  private call(form: CallForm): NonNullable<ExportedExpr['builtin']> {
    const { name } = form.call
    return {
      name: name.value,
      nameRange: this.rangeOf(name.syntax),
      argSchema: exportSchema(form.argument.schema ?? ALWAYS),
      arg: this.argument(form.builtin.shownArgument(form)),
    }
  }

  private argument(shown: ShownArgument): ExportedExpr {
    if (shown.kind === 'expr') return this.expr(shown.expr)
    const range = shown.place === undefined ? ZERO : this.rangeOf(shown.place)
    if (shown.kind === 'list') return { range, list: shown.items.map((item) => this.expr(item)) }
    const entries = Object.entries(shown.properties).sort(([a], [b]) => compareUtf8(a, b))
    return { range, object: this.exprs(entries) }
  }
}

/** What a value lies over, outside the export of an environment. */
export function exportBase(base: Value): ExportedValue {
  return new Exporter('', { spendValue: () => undefined }).value(base, IMPORT)
}

function addLiteral(exported: Mutable<ExportedExpr>, value: Literal): void {
  if (value !== null) exported.literal = value instanceof JsonNumber ? jsonNumber(value.text) : value
}

/** The wire form of a range, the placeholder when there is none (spec §15.1). */
export function exportRange(range: Range | undefined, environment: string): ExportedRange {
  if (range === undefined) return environment === '' ? ZERO : { environment, ...ZERO }
  if (range.environment !== '') return range
  const { begin, end } = range
  return { begin, end }
}

/** A schema for output; absent schemas stay absent. */
export function exportOptionalSchema(schema: Schema | undefined): Schema | undefined {
  return schema === undefined ? undefined : exportSchema(schema)
}
