import { readCall } from './analysis/functions'
import type { EvaluatedEnvironment, ExportedExpr, ExportedRange } from './eval/evaluation'
import { schemaItem, schemaProperty } from './schema/access'
import type { Schema } from './schema/schema'
import type { Position } from './syntax/range'
import { getOwn } from './text/json'

/** What the reference's editors show for a place in a checked environment (spec §21). */

/** A step from an expression into one inside it. */
type Step =
  | { readonly kind: 'item'; readonly index: number }
  | { readonly kind: 'property'; readonly key: string }
  | Argument

interface Argument {
  readonly kind: 'argument'
}

/** An expression and the way to it; a step leads from the expression at its number. */
interface Found {
  readonly exprs: readonly ExportedExpr[]
  readonly steps: readonly Step[]
}

/** Whether a range contains a position (spec §21). Callers that know only line and column pass byte 0. */
export function containsPosition(range: ExportedRange, position: Position): boolean {
  const { begin, end } = range
  if (begin.byte <= position.byte && position.byte < end.byte) return true
  if (position.line < begin.line || position.line > end.line) return false
  if (begin.line !== end.line) return true
  return begin.column <= position.column && position.column < end.column
}

/** The innermost expression at a position. */
export function expressionAt(
  environment: EvaluatedEnvironment,
  position: Position,
): ExportedExpr | undefined {
  return find(environment, position)?.exprs.at(-1)
}

function find({ exprs = {} }: EvaluatedEnvironment, position: Position): Found | undefined {
  const top = Object.values(exprs).find((expr) => containsPosition(expr.range, position))
  if (top === undefined) return undefined
  const path = [top]
  const steps: Step[] = []
  for (let next = childAt(top, position); next !== undefined; next = childAt(next.expr, position)) {
    path.push(next.expr)
    steps.push(next.step)
  }
  return { exprs: path, steps }
}

interface Child {
  readonly expr: ExportedExpr
  readonly step: Step
}

function childAt({ list, object, builtin }: ExportedExpr, position: Position): Child | undefined {
  const children: Child[] = [
    ...(list ?? []).map((expr, index): Child => ({ expr, step: { kind: 'item', index } })),
    ...Object.entries(object ?? {}).map(([key, expr]): Child => ({ expr, step: { kind: 'property', key } })),
    ...(builtin === undefined ? [] : [{ expr: builtin.arg, step: { kind: 'argument' } as const }]),
  ]
  return children.find(({ expr }) => containsPosition(expr.range, position))
}

/** Functions that the reference's editors say nothing about (spec §21). */
const SILENT = new Set(['fn::rotate', 'fn::split', 'fn::concat', 'fn::validate'])

/** A text about what is at a position; nothing where there is nothing to say. */
export function describeAt(environment: EvaluatedEnvironment, position: Position): string | undefined {
  const found = find(environment, position)
  const innermost = found?.exprs.at(-1)
  if (found === undefined || innermost === undefined) return undefined
  if (innermost.builtin !== undefined) return describeFunction(innermost.builtin.name)
  if (innermost.symbol !== undefined) return describeType(innermost.schema)
  return describeInput(found, position)
}

function describeFunction(name: string): string | undefined {
  const { info } = readCall(name) ?? {}
  return info === undefined || SILENT.has(info.name) ? undefined : info.description
}

function describeType(schema: Schema | undefined): string | undefined {
  if (schema === true) return 'any'
  return typeof schema === 'object' && schema.type ? schema.type : undefined
}

/** The description that the nearest call around gives to this part of its argument. */
function describeInput({ exprs, steps }: Found, position: Position): string | undefined {
  const nearest = steps.findLastIndex(({ kind }) => kind === 'argument')
  let schema = exprs[nearest]?.builtin?.argSchema
  for (const step of steps.slice(nearest + 1)) schema = schema && schemaStep(schema, step)
  const key = keyAt(exprs.at(-1), position)
  if (key !== undefined) schema = schema && schemaProperty(schema, key)
  return typeof schema === 'object' && schema.description ? schema.description : undefined
}

function schemaStep(schema: Schema, step: Step): Schema {
  if (step.kind === 'item') return schemaItem(schema, step.index)
  return step.kind === 'property' ? schemaProperty(schema, step.key) : schema
}

function keyAt(expr: ExportedExpr | undefined, position: Position): string | undefined {
  const { keyRanges = {}, object = {} } = expr ?? {}
  return Object.keys(object).find((key) => {
    const range = getOwn(keyRanges, key)
    return range !== undefined && containsPosition(range, position)
  })
}
