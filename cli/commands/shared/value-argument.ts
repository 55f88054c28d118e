import { readTree } from '@/lib/language/edit/read-tree'
import { scalarKind } from '@/lib/language/edit/tree'
import { decodeYaml } from '@/lib/language/syntax/decode'
import { Failure } from '../../failure'
import type { NewValue } from './edit-definition'

export interface ValueStyle {
  /** Take the text as it is, not as YAML. */
  readonly string: boolean
  readonly secret: boolean
}

export interface TypedValue {
  readonly value: NewValue
  /** The value when it is a string that is not marked as secret. */
  readonly text: string | undefined
}

/** Reads the value of `esc env set`: YAML, or a string as it is. The empty text is the empty string. */
export function readValue(text: string, style: ValueStyle): TypedValue {
  if (style.string || text === '') return stringValue(text, style)
  refuseInvalid(text)
  const node = readTree(text).roots[0]
  if (node?.kind !== 'scalar') {
    const yaml = text.trimEnd()
    return { value: { yaml: style.secret ? `fn::secret:\n${indented(yaml)}` : yaml }, text: undefined }
  }
  if (scalarKind(node) === 'string') return stringValue(node.text, style)
  // a secret is always a string: a number or boolean is kept as it was typed
  return style.secret ? stringValue(text.trimEnd(), style) : { value: { yaml: text.trim() }, text: undefined }
}

function stringValue(text: string, { secret }: ValueStyle): TypedValue {
  return secret
    ? { value: { data: { 'fn::secret': text } }, text: undefined }
    : { value: { data: text }, text }
}

function refuseInvalid(text: string): void {
  // the reference takes the end of the input for the start of a new line
  const { root, diagnostics } = decodeYaml(`${text}\n`, { environment: '' })
  const [first] = diagnostics
  if (root === undefined && first) throw new Failure('INPUT', `invalid value: ${first.summary}`)
}

function indented(yaml: string): string {
  return yaml
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}
