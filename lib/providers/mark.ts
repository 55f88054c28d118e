import type * as z from 'zod'
import { Annotated, type ExternalValue, type Schema, secret } from '@/lib/language'

/** A value of which parts may already carry marks, for secrets that only the answer can tell. */
export type Marked<T> =
  | Annotated
  | (unknown extends T
      ? unknown
      : AnyJson extends T
        ? ExternalValue
        : T extends object
          ? { [K in keyof T]: Marked<T[K]> }
          : T)

type AnyJson = z.output<ReturnType<typeof z.json>>

/**
 * What a provider gave, with everything that its schema calls secret marked so. Properties that are undefined are left out.
 *
 * @throws Error for what JSON cannot hold
 */
export function markSecrets(output: unknown, schema: Schema | undefined): ExternalValue {
  if (output instanceof Annotated) return output
  const rules = typeof schema === 'object' ? schema : {}
  const value = markMembers(output, rules)
  return rules.secret ? secret(value) : value
}

type Rules = Exclude<Schema, boolean>

function markMembers(output: unknown, rules: Rules): ExternalValue {
  if (output === null || typeof output === 'string' || typeof output === 'boolean') return output
  if (typeof output === 'number' && Number.isFinite(output)) return output
  if (Array.isArray(output)) return output.map((item) => markSecrets(item, rules.items))
  if (typeof output !== 'object') throw new TypeError(`a provider gave a ${typeof output}, which is no JSON`)
  // Not by assignment: a property may be called `__proto__`.
  return Object.fromEntries(
    Object.entries(output)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, markSecrets(member, propertySchema(rules, name))]),
  )
}

function propertySchema({ properties = {}, additionalProperties }: Rules, name: string): Schema | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : additionalProperties
}
