import type { Span } from '../edit/source'
import type { Cursor } from './cursor'
import type { Scope } from './scope'
import type { CompletionItem, CompletionKind, LanguageContext } from './types'

/** A completion before its place in the list and in the text is known. */
export interface Suggestion extends Omit<CompletionItem, 'range' | 'sortText' | 'kind'> {
  readonly kind: CompletionKind
  /** Replaces this stretch instead of the word at the cursor. */
  readonly span?: Span
}

/** What every kind of completion is given. */
export interface Request {
  readonly cursor: Cursor
  readonly scope: Scope
  readonly context: LanguageContext
  /** Names of the keys beside the cursor. */
  readonly siblings: ReadonlySet<string>
}

/** A key whose value follows: on the next line, or in braces that the cursor stands in. */
export function nestedKey(cursor: Cursor, name: string): Pick<Suggestion, 'insertText' | 'caret'> {
  if (cursor.inFlow) return { insertText: `${name}: {}`, caret: name.length + 3 }
  return { insertText: `${name}:\n${' '.repeat(cursor.indent + 2)}` }
}
