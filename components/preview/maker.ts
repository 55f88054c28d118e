import type { EvaluatedEnvironment, ExportedAccessor, ExportedExpr } from '@/lib/language'
import type { PropertyPath } from '@/lib/language/syntax/path'

/** Which function of this definition makes a value. */
export interface Maker {
  /** As written, such as `fn::open::aws-login`; for the long form the provider's name is added. */
  name?: string
  /** The value is a stored ciphertext: known, but not decrypted by a check. */
  stored?: true
}

type Exprs = EvaluatedEnvironment['exprs']

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
  expr: ExportedExpr | undefined
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

function makerOfCall(builtin: NonNullable<ExportedExpr['builtin']>): Maker {
  if (builtin.name === 'fn::secret') {
    const isCiphertext = builtin.arg.object !== undefined && Object.hasOwn(builtin.arg.object, 'ciphertext')
    return isCiphertext ? { name: builtin.name, stored: true } : { name: builtin.name }
  }
  const provider = builtin.arg.object?.provider?.literal
  const isLongForm = builtin.name === 'fn::open' || builtin.name === 'fn::rotate'
  return { name: isLongForm && typeof provider === 'string' ? `${builtin.name}::${provider}` : builtin.name }
}

/** The first part that a provider makes: it is what the text waits for. */
function makerOfInterpolation(trail: Trail, parts: NonNullable<ExportedExpr['interpolate']>): Maker {
  for (const { value } of parts) {
    const maker = value ? follow(trail, target(value)) : {}
    if (maker.name && maker.name !== 'fn::secret') return { name: maker.name }
  }
  return {}
}

function target(accessors: readonly ExportedAccessor[]): PropertyPath {
  return accessors.map((accessor) => ('key' in accessor ? accessor.key : Number(accessor.index)))
}

function childExpr(expr: ExportedExpr, step: string | number): ExportedExpr | undefined {
  if (typeof step === 'number') return expr.list?.[step]
  return expr.object && Object.hasOwn(expr.object, step) ? expr.object[step] : undefined
}
