import type { Range } from '../syntax/range'
import { JsonNumber, setOwn } from '../text/json'
import type { ExportedValue } from './evaluation'

/** A value that comes from outside (provider, rotator, context): JSON in which any part may be annotated. */
export type ExternalValue =
  | null
  | undefined
  | boolean
  | number
  | string
  | JsonNumber
  | Annotated
  | readonly ExternalValue[]
  | { readonly [key: string]: ExternalValue }

interface Annotations {
  readonly secret?: boolean
  readonly unknown?: boolean
  /** Where the value came from; kept only in rotation patches. */
  readonly def?: Range | undefined
  /** Tells what the value lies over; kept only in rotation patches. */
  readonly base?: (() => ExportedValue) | undefined
}

/** A value with marks of its own; they do not reach into the value. */
export class Annotated {
  readonly secret: boolean
  readonly unknown: boolean
  readonly def: Range | undefined
  readonly base: (() => ExportedValue) | undefined

  constructor(
    readonly value: ExternalValue,
    annotations: Annotations,
  ) {
    this.secret = annotations.secret ?? false
    this.unknown = annotations.unknown ?? false
    this.def = annotations.def
    this.base = annotations.base
  }
}

/** Marks a value and everything inside it as secret. */
export function secret(value: ExternalValue): Annotated {
  if (value instanceof Annotated) {
    return new Annotated(secret(value.value).value, { ...value, secret: true })
  }
  if (isList(value)) return new Annotated(value.map(secret), { secret: true })
  if (typeof value !== 'object' || value === null || value instanceof JsonNumber) {
    return new Annotated(value, { secret: true })
  }
  const object: { [key: string]: ExternalValue } = {}
  for (const [key, member] of Object.entries(value)) setOwn(object, key, secret(member))
  return new Annotated(object, { secret: true })
}

function isList(value: ExternalValue): value is readonly ExternalValue[] {
  return Array.isArray(value)
}
