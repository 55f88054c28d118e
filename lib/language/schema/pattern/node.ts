/** A parsed regular expression. */
export type PatternNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'character'; readonly accepts: CharacterTest }
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | {
      readonly kind: 'repeat'
      readonly body: PatternNode
      readonly min: number /** Infinity for none. */
      readonly max: number
    }

/** Whether a code point matches. */
export type CharacterTest = (code: number) => boolean

export type Assertion =
  | 'text-start'
  | 'text-end'
  | 'line-start'
  | 'line-end'
  | 'word-boundary'
  | 'no-word-boundary'

/** Ends the parsing of an expression; the message is worded as by Go's regexp package. */
export class PatternFault extends Error {
  constructor(problem: string, where?: string) {
    super(where === undefined ? problem : `${problem}: \`${where}\``)
  }
}
