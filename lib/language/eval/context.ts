import { recordOf } from '../schema/build'
import { syntheticSymbol } from './expr'
import { Annotated, type ExternalValue } from './external'
import { fromExternal } from './from-external'
import { Value, type ValueBudget } from './value'

const RESERVED = ['currentEnvironment', 'rootEnvironment']

/** The values of `${context…}` that differ between environments. */
export function contextEnvironments(names: { readonly name: string; readonly rootName: string }): {
  readonly [key: string]: ExternalValue
} {
  return { currentEnvironment: { name: names.name }, rootEnvironment: { name: names.rootName } }
}

/** The first key of a caller's context that is not theirs to set (spec §10.4). */
export function reservedContextKey(context: { readonly [key: string]: ExternalValue }): string | undefined {
  return RESERVED.find((key) => Object.hasOwn(context, key))
}

/** Builds the value of `${context}`; marks of the caller's top-level values are lost (spec §10.4). */
export function contextValue(
  environments: { readonly [key: string]: ExternalValue },
  caller: { readonly [key: string]: ExternalValue },
  budget: ValueBudget,
): Value {
  const def = syntheticSymbol()
  const properties = new Map<string, Value>()
  for (const [key, external] of [...Object.entries(caller), ...Object.entries(environments)]) {
    const plain = external instanceof Annotated ? external.value : external
    properties.set(key, fromExternal(plain, { def, budget }))
  }
  return new Value(def, { repr: properties, schema: recordOf(properties) })
}
