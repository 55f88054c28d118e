import type { Accessor } from '../ast/expression'
import { exportSchema } from '../schema/export'
import { ALWAYS, type Schema } from '../schema/schema'
import { NO_POSITION, type Range } from '../syntax/range'
import { JsonNumber, jsonNumber, setOwn } from '../text/json'
import { compareUtf8 } from '../text/order'
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
    const exported: ExportedValue = {
      ...(content !== undefined && { value: content }),
      ...(value.secret && { secret: true }),
      ...(value.unknown && { unknown: true }),
      trace: { def: this.rangeOf(value.def.place, environment), ...(base && { base }) },
    }
    value.exported = exported
    return exported
  }

  private content(value: Value, environment: string): ExportedValue['value'] {
    const { repr } = value
    if (repr === null) return undefined
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
    const base = x.base && this.expr(x.base.def)
    return {
      range: this.rangeOf(x.place),
      ...(x.schema !== undefined && { schema: exportSchema(x.schema) }),
      ...(base && { base }),
      ...this.form(x),
    }
  }

  private form(x: Expr): Partial<ExportedExpr> {
    const { form } = x
    switch (form.kind) {
      case 'missing':
        return {}
      case 'literal':
        return literal(form.value)
      case 'symbol':
        return form.access.access.accessors.length === 0 ? {} : { symbol: this.accessors(form.access) }
      case 'interpolation':
        return { interpolate: form.parts.map((part) => this.part(part)) }
      case 'array':
        return form.elements.length === 0 ? {} : { list: form.elements.map((element) => this.expr(element)) }
      case 'object':
        return this.object(form)
      case 'call':
        return { builtin: this.call(form) }
      case 'access':
        return this.access(form)
    }
  }

  private part(part: { readonly text: string; readonly access: ResolvableAccess | undefined }) {
    return {
      ...(part.text !== '' && { text: part.text }),
      ...(part.access && { value: this.accessors(part.access) }),
    }
  }

  private accessors({ access, resolved }: ResolvableAccess): ExportedAccessor[] {
    return access.accessors.map((accessor, index) => {
      const def = resolved[index]
      const range = exportRange(accessor.range, this.environment)
      return { ...selector(accessor), range, value: def === undefined ? ZERO : this.rangeOf(def.place) }
    })
  }

  private object(form: ObjectForm): Partial<ExportedExpr> {
    const keyRanges: { [key: string]: ExportedRange } = {}
    for (const [key, place] of form.keys) setOwn(keyRanges, key, this.rangeOf(place))
    if (form.properties.size === 0) return form.keys.size === 0 ? {} : { keyRanges }
    return { keyRanges, object: this.exprs(form.sorted) }
  }

  exprs(entries: Iterable<readonly [string, Expr]>): { readonly [key: string]: ExportedExpr } {
    const object: { [key: string]: ExportedExpr } = {}
    for (const [key, expr] of entries) setOwn(object, key, this.expr(expr))
    return object
  }

  private access(form: AccessForm): Partial<ExportedExpr> {
    const accessor = { key: form.name, range: this.rangeOf({ range: undefined, path: '' }) }
    const { receiver } = form
    if (receiver.form.kind !== 'access') {
      return { access: { receiver: this.rangeOf(receiver.place), accessors: [accessor] } }
    }
    const outer = this.expr(receiver)
    const accessors = [...(outer.access?.accessors ?? []), accessor]
    return { ...outer, access: { receiver: outer.access?.receiver ?? ZERO, accessors } }
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

function literal(value: Literal): Partial<ExportedExpr> {
  if (value === null) return {}
  return { literal: value instanceof JsonNumber ? jsonNumber(value.text) : value }
}

function selector(accessor: Accessor): { readonly key: string } | { readonly index: number | JsonNumber } {
  return accessor.kind === 'index' ? { index: jsonNumber(String(accessor.index)) } : { key: accessor.name }
}

export function exportRange(range: Range | undefined, environment: string): ExportedRange {
  if (range !== undefined) {
    const { begin, end } = range
    return range.environment === '' ? { begin, end } : { environment: range.environment, begin, end }
  }
  return environment === '' ? ZERO : { environment, ...ZERO }
}

/** A schema for output; absent schemas stay absent. */
export function exportOptionalSchema(schema: Schema | undefined): Schema | undefined {
  return schema === undefined ? undefined : exportSchema(schema)
}
