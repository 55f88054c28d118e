import type { ScalarStyle } from '../node'
import type { Mark } from './mark'

export type Token =
  | PlainToken<PunctuationType>
  | AliasToken
  | (PlainToken<'anchor'> & { readonly name: string })
  | TagToken
  | ScalarToken
  | (PlainToken<'version-directive'> & { readonly major: number; readonly minor: number })
  | (PlainToken<'tag-directive'> & { readonly handle: string; readonly prefix: string })

export type AliasToken = PlainToken<'alias'> & { readonly name: string }
export type TagToken = PlainToken<'tag'> & { readonly handle: string; readonly suffix: string }
export type ScalarToken = PlainToken<'scalar'> & { readonly value: string; readonly style: ScalarStyle }

export interface PlainToken<Type extends string> {
  readonly type: Type
  readonly start: Mark
  readonly end: Mark
}

export type PunctuationType =
  | 'stream-end'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
