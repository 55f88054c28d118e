import type { CallShape, CallShapes } from '../ast/call'
import type { Builtin } from '../eval/builtin'
import { concat } from './concat'
import { final } from './final'
import { fromBase64 } from './from-base64'
import { fromJson } from './from-json'
import { join } from './join'
import { open } from './open'
import { rotate } from './rotate'
import { secret } from './secret'
import { split } from './split'
import { toBase64 } from './to-base64'
import { toJson } from './to-json'
import { toText } from './to-string'
import { validate } from './validate'

const ALL: readonly Builtin[] = [
  concat,
  final,
  fromBase64,
  fromJson,
  join,
  open,
  rotate,
  secret,
  split,
  toBase64,
  toJson,
  toText,
  validate,
]

/** Every builtin function by the key of its calls. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map(ALL.map((builtin) => [builtin.name, builtin]))

export const CALL_SHAPES: CallShapes = {
  exact: new Map(ALL.map(({ name, shape }): [string, CallShape] => [name, shape])),
  suffixed: new Map(
    ALL.filter(({ suffixed }) => suffixed).map(({ name, shape }): [string, CallShape] => [name, shape]),
  ),
}
