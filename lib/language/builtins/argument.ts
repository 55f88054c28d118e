import type { Builtin } from '../eval/builtin'
import { missingExpr } from '../eval/expr'

/** What functions of one argument have in common: the argument is any expression and shows as itself. */
export const SINGLE_ARGUMENT: Pick<Builtin, 'shape' | 'parts' | 'shownArgument'> = {
  shape: ({ argument }) => ({ value: argument }),
  parts: ['value'],
  shownArgument: ({ parts }) => ({ kind: 'expr', expr: parts.value ?? missingExpr() }),
}
