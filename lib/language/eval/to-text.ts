import { goQuote } from '../text/go-quote'
import { JsonNumber } from '../text/json'
import { compareUtf8 } from '../text/order'
import type { Value } from './value'

/** What texts may still be made; see `limits.ts`. */
export interface OutputBudget {
  spendOutput(length: number): void
}

export interface TextOfValue {
  readonly text: string
  readonly unknown: boolean
  readonly secret: boolean
}

/** The text of a value in interpolations and `fn::toString` (spec §12.1). Keys that only a base has are left out. */
export function toText(value: Value, budget: OutputBudget): TextOfValue {
  if (value.unknown) return { text: '[unknown]', unknown: true, secret: value.secret }
  const { repr } = value
  if (Array.isArray(repr)) {
    return joinTexts(
      value,
      repr.map((element) => ({ prefix: '', part: toText(element, budget) })),
    )
  }
  if (repr instanceof Map) {
    const entries = [...repr].sort(([a], [b]) => compareUtf8(a, b))
    return joinTexts(
      value,
      entries.map(([key, property]) => ({ prefix: `${goQuote(key)}=`, part: toText(property, budget) })),
    )
  }
  const text = scalarText(repr)
  budget.spendOutput(text.length)
  return { text, unknown: false, secret: value.secret }
}

function scalarText(repr: null | boolean | string | JsonNumber): string {
  if (repr === null) return ''
  return repr instanceof JsonNumber ? repr.text : String(repr)
}

function joinTexts(
  value: Value,
  parts: readonly { readonly prefix: string; readonly part: TextOfValue }[],
): TextOfValue {
  return {
    text: parts.map(({ prefix, part }) => prefix + goQuote(part.text)).join(','),
    unknown: parts.some(({ part }) => part.unknown),
    secret: value.secret || parts.some(({ part }) => part.secret),
  }
}
