import type { JsonNumber } from '@/lib/language'
import type { PropertyPath } from '@/lib/language/syntax/path'

/** Which function of this definition makes a value. */
export interface Maker {
  /** As written, such as `fn::open::aws-login`; for the long form the provider's name is added. */
  name?: string
  /** The value is a stored ciphertext: known, but not decrypted by a check. */
  stored?: true
}

/** As much of an expression as tells what makes it. */
export interface MakerExpr {
  readonly builtin?: { readonly name: string; readonly arg: MakerExpr }
  readonly symbol?: readonly Accessor[]
  readonly interpolate?: readonly { readonly value?: readonly Accessor[] }[]
  readonly list?: readonly MakerExpr[]
  readonly object?: MakerExprs
  readonly literal?: boolean | number | string | JsonNumber
}

type Accessor = { readonly key: string } | { readonly index: number | JsonNumber }

export interface MakerExprs {
  readonly [name: string]: MakerExpr
}

type Exprs = MakerExprs | undefined

/** References may form chains; a chain this long is a cycle that a diagnostic has already reported. */
const mostHops = 32

/** Follows references from the value at `steps` to the call that makes it. */
export function makerOf(exprs: Exprs, steps: PropertyPath): Maker {
  return follow({ exprs, hops: mostHops, seen: new Set() }, steps)
}

interface Trail {
  exprs: Exprs
  hops: number
  /** Paths followed already: texts that repeat one another would otherwise be followed as often as they repeat. */
  seen: Set<string>
}

function follow(trail: Trail, steps: PropertyPath): Maker {
  const { exprs, hops, seen } = trail
  const [first, ...rest] = steps
  if (hops === 0 || typeof first !== 'string' || !exprs || !Object.hasOwn(exprs, first)) return {}
  const path = JSON.stringify(steps)
  if (seen.has(path)) return {}
  seen.add(path)
  return descend({ trail: { ...trail, hops: hops - 1 }, expr: exprs[first], rest })
}

interface Descent {
  trail: Trail
  expr: MakerExpr | undefined
  rest: PropertyPath
}

function descend({ trail, expr, rest }: Descent): Maker {
  if (!expr) return {}
  if (expr.builtin) return makerOfCall(expr.builtin)
  if (expr.symbol) return follow(trail, [...target(expr.symbol), ...rest])
  if (expr.interpolate) return makerOfInterpolation(trail, expr.interpolate)
  const [step, ...deeper] = rest
  const next = step === undefined ? undefined : childExpr(expr, step)
  return next ? descend({ trail, expr: next, rest: deeper }) : {}
}

function makerOfCall(builtin: NonNullable<MakerExpr['builtin']>): Maker {
  if (builtin.name === 'fn::secret') {
    const isCiphertext = builtin.arg.object !== undefined && Object.hasOwn(builtin.arg.object, 'ciphertext')
    return isCiphertext ? { name: builtin.name, stored: true } : { name: builtin.name }
  }
  const provider = builtin.arg.object?.provider?.literal
  const isLongForm = builtin.name === 'fn::open' || builtin.name === 'fn::rotate'
  return { name: isLongForm && typeof provider === 'string' ? `${builtin.name}::${provider}` : builtin.name }
}

/** The first part that a provider makes: it is what the text waits for. */
function makerOfInterpolation(trail: Trail, parts: NonNullable<MakerExpr['interpolate']>): Maker {
  for (const { value } of parts) {
    const maker = value ? follow(trail, target(value)) : {}
    if (maker.name && maker.name !== 'fn::secret') return { name: maker.name }
  }
  return {}
}

function target(accessors: readonly Accessor[]): PropertyPath {
  return accessors.map((accessor) => ('key' in accessor ? accessor.key : Number(accessor.index)))
}

function childExpr(expr: MakerExpr, step: string | number): MakerExpr | undefined {
  if (typeof step === 'number') return expr.list?.[step]
  return expr.object && Object.hasOwn(expr.object, step) ? expr.object[step] : undefined
}

/** The expressions without those that nothing is made by, and without what does not tell who makes it. */
export function makerExprs(exprs: Exprs): MakerExprs | undefined {
  const kept = Object.entries(exprs ?? {}).flatMap(([name, expr]): [string, MakerExpr][] => {
    const made = makerExpr(expr)
    return made ? [[name, made]] : []
  })
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

function makerExpr({ builtin, symbol, interpolate, list, object }: MakerExpr): MakerExpr | undefined {
  if (builtin) return { builtin: { name: builtin.name, arg: argumentOf(builtin) } }
  if (symbol) return { symbol: symbol.map(bare) }
  if (interpolate) {
    const parts = interpolate.flatMap(({ value }) => (value ? [{ value: value.map(bare) }] : []))
    return parts.length > 0 ? { interpolate: parts } : undefined
  }
  if (list) {
    const items = list.map((item) => makerExpr(item) ?? {})
    return items.some((item) => Object.keys(item).length > 0) ? { list: items } : undefined
  }
  const kept = makerExprs(object)
  return kept && { object: kept }
}

/** What is in a secret tells nothing about who makes it, but whether it is stored does. */
function argumentOf({ name, arg }: NonNullable<MakerExpr['builtin']>): MakerExpr {
  if (name === 'fn::secret') return arg.object?.ciphertext ? { object: { ciphertext: {} } } : {}
  return /^fn::(?:open|rotate)(?:::|$)/.test(name) ? literalsOf(arg) : {}
}

function literalsOf({ literal, object }: MakerExpr): MakerExpr {
  if (!object) return literal === undefined ? {} : { literal }
  return {
    object: Object.fromEntries(Object.entries(object).map(([name, each]) => [name, literalsOf(each)])),
  }
}

function bare(accessor: Accessor): Accessor {
  return 'key' in accessor ? { key: accessor.key } : { index: accessor.index }
}
