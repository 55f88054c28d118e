import type { EvaluatedEnvironment, ExportedAccessor, ExportedExpr } from '@/lib/language'
import { joinPropertyPath, type PropertyPath } from '@/lib/language/syntax/path'

/** Numbers for texts: equal numbers stand for equal texts, also across two evaluations that share them. */
export class Numbers {
  private readonly known = new Map<string, number>()

  of(text: string): number {
    const found = this.known.get(text)
    if (found !== undefined) return found
    this.known.set(text, this.known.size)
    return this.known.size - 1
  }
}

/**
 * How values are made, as numbers that are equal when the makings are: what cannot be compared by its value, because it
 * is hidden or not known yet, is compared by this. Ciphertexts count, places in the text do not.
 */
export class Recipes {
  private readonly made = new Map<string, number>()

  constructor(
    private readonly exprs: EvaluatedEnvironment['exprs'],
    private readonly numbers: Numbers,
  ) {}

  /** @returns undefined for what this definition does not make itself */
  at(steps: PropertyPath): number | undefined {
    const path = joinPropertyPath(steps)
    const known = this.made.get(path)
    if (known !== undefined) return known
    const [first, ...rest] = steps
    if (typeof first !== 'string' || !this.exprs || !Object.hasOwn(this.exprs, first)) return undefined
    // References that form a circle meet this one.
    this.made.set(path, this.numbers.of('circle'))
    const recipe = this.descend(this.exprs[first], rest)
    if (recipe === undefined) this.made.delete(path)
    else this.made.set(path, recipe)
    return recipe
  }

  private descend(expr: ExportedExpr | undefined, rest: PropertyPath): number | undefined {
    if (!expr) return undefined
    if (expr.symbol) return this.at([...target(expr.symbol), ...rest])
    if (rest.length === 0 || expr.builtin)
      return this.numbers.of(`${this.whole(expr)} ${joinPropertyPath(rest)}`)
    const [step, ...deeper] = rest
    return this.descend(step === undefined ? undefined : childOf(expr, step), deeper)
  }

  private whole(expr: ExportedExpr): number {
    return this.numbers.of(JSON.stringify(this.form(expr)))
  }

  private form(expr: ExportedExpr): unknown {
    if (expr.builtin) return { call: expr.builtin.name, with: this.whole(expr.builtin.arg) }
    if (expr.symbol) return { value: this.reference(expr.symbol) }
    if (expr.interpolate) {
      return expr.interpolate.map(({ text, value }) => [text, value && this.reference(value)])
    }
    if (expr.list) return { list: expr.list.map((item) => this.whole(item)) }
    if (!expr.object) return { literal: expr.literal ?? null }
    return { object: Object.entries(expr.object).map(([key, item]) => [key, this.whole(item)]) }
  }

  private reference(accessors: readonly ExportedAccessor[]): unknown {
    const steps = target(accessors)
    return this.at(steps) ?? joinPropertyPath(steps)
  }
}

function target(accessors: readonly ExportedAccessor[]): PropertyPath {
  return accessors.map((accessor) => ('key' in accessor ? accessor.key : Number(accessor.index)))
}

function childOf(expr: ExportedExpr, step: string | number): ExportedExpr | undefined {
  if (typeof step === 'number') return expr.list?.[step]
  return expr.object && Object.hasOwn(expr.object, step) ? expr.object[step] : undefined
}
