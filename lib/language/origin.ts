import type { Evaluation, ExportedRange, ExportedValue } from './eval/evaluation'
import type { PropertyPath } from './syntax/path'
import type { Range } from './syntax/range'
import { getOwn, isJsonObject } from './text/json'

/** What made a value. */
export interface Origin {
  /** The environment whose definition has the expression; absent for values that nobody wrote (context). */
  readonly environment?: string
  readonly revision?: number
  readonly identity?: string
  /** Where the expression is written, in the definition of that environment and revision. */
  readonly range?: Range
  readonly secret: boolean
  readonly unknown: boolean
  /** The value that this expression gave, before anything was laid over it. */
  readonly value: ExportedValue
}

/**
 * Explains a value: the expression that made it, then what it overrode, in the order of the merge (the last layer first).
 *
 * @param path property path below `values`
 * @returns nothing when there is no such value
 */
export function explainValue(evaluation: Evaluation, path: PropertyPath): readonly Origin[] {
  const origins: Origin[] = []
  for (let value = find(evaluation, path); value !== undefined; value = value.trace.base) {
    origins.push(originOf(value, evaluation))
  }
  return origins
}

function find({ environment }: Evaluation, path: PropertyPath): ExportedValue | undefined {
  const [first, ...rest] = path
  let value = typeof first === 'string' ? getOwn(environment?.properties, first) : undefined
  for (const step of rest) value = value && member(value, step)
  return value
}

function member({ value }: ExportedValue, step: string | number): ExportedValue | undefined {
  if (isList(value)) return typeof step === 'number' ? value[step] : undefined
  return isProperties(value) && typeof step === 'string' ? getOwn(value, step) : undefined
}

function isList(content: ExportedValue['value']): content is readonly ExportedValue[] {
  return Array.isArray(content)
}

function isProperties(content: ExportedValue['value']): content is { readonly [key: string]: ExportedValue } {
  return isJsonObject(content)
}

function originOf(value: ExportedValue, { environments }: Evaluation): Origin {
  const range = writtenRange(value.trace.def)
  const found = range && environments.find(({ name }) => name === range.environment)
  return {
    ...(range && { environment: range.environment, range }),
    ...(found?.revision !== undefined && { revision: found.revision }),
    ...(found?.identity !== undefined && { identity: found.identity }),
    secret: value.secret ?? false,
    unknown: value.unknown ?? false,
    value,
  }
}

/** The range, unless it is a placeholder. */
function writtenRange({ environment, begin, end }: ExportedRange): Range | undefined {
  return environment === undefined || begin.line === 0 ? undefined : { environment, begin, end }
}
