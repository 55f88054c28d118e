import type { Range } from '../syntax/range'
import type { JsonNumber } from '../text/json'

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

/** Marks a value as secret or unknown. */
export class Annotated {
  readonly secret: boolean
  readonly unknown: boolean
  /** Where the value came from; kept only in rotation patches. */
  readonly def: Range | undefined

  constructor(
    readonly value: ExternalValue,
    annotations: { readonly secret?: boolean; readonly unknown?: boolean; readonly def?: Range | undefined },
  ) {
    this.secret = annotations.secret ?? false
    this.unknown = annotations.unknown ?? false
    this.def = annotations.def
  }
}

/** Marks a value and everything inside it as secret. */
export function secret(value: ExternalValue): Annotated {
  return new Annotated(value, { secret: true })
}
