import type { Report } from './diagnostic'
import { floatText } from './float-text'
import type { ScalarNode } from './node'
import type { Range } from './range'
import { isTimestamp, type Resolved, resolveScalar } from './scalar-kind'
import type { YamlScalar } from './yaml/node'

interface Scope {
  readonly path: string
  readonly range: Range
  readonly report: Report
}

/** Gives a scalar its meaning by style and tag (spec §3). */
export function decodeScalar(node: YamlScalar, scope: Scope): ScalarNode {
  const tagged = node.tag !== '' && node.tag !== '!'
  const base = {
    style: node.style,
    tagged,
    text: node.value,
    range: scope.range,
    span: node.span,
    path: scope.path,
  }
  const outcome = resolve(node, tagged)
  if (typeof outcome !== 'string') return build(base, outcome)
  const { path, range } = scope
  scope.report({ severity: 'error', code: 'yaml', summary: `yaml: ${outcome}`, path, range })
  return { ...base, kind: 'null', range: undefined }
}

/** What the scalar means, or the problem. */
function resolve(node: YamlScalar, tagged: boolean): Resolved | string {
  if (!tagged && (node.style !== 'plain' || node.value === '<<')) return { kind: 'string' }
  const outcome = tagged ? resolveTagged(node) : resolveScalar(node.value, { timestamps: false })
  // The reference accepts these and then cannot serialize the environment (spec §3): refusing is allowed.
  const finite = typeof outcome === 'string' || outcome.kind !== 'float' || /[0-9]/.test(outcome.value)
  return finite ? outcome : `numbers must be finite, got \`${node.value}\``
}

type Base = Pick<ScalarNode, 'style' | 'tagged' | 'text' | 'range' | 'span' | 'path'>

function build(base: Base, resolved: Resolved): ScalarNode {
  const { style, tagged, text, range, span, path } = base
  switch (resolved.kind) {
    case 'null':
      return { kind: 'null', style, tagged, text, range, span, path }
    case 'boolean':
      return { kind: 'boolean', value: resolved.value, style, tagged, text, range, span, path }
    case 'int':
    case 'float':
      return { kind: 'number', value: resolved.value, style, tagged, text, range, span, path }
    case 'string':
    case 'timestamp':
      return { kind: 'string', value: text, style, tagged, text, range, span, path }
  }
}

const NAMES = {
  null: 'null',
  boolean: 'bool',
  int: 'int',
  float: 'float',
  string: 'str',
  timestamp: 'timestamp',
}
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** What the tag makes of the text, or the problem. */
function resolveTagged({ tag, value }: YamlScalar): Resolved | string {
  switch (tag) {
    case '!!null':
    case '!!bool':
    case '!!int':
    case '!!float':
      return agree(tag, value)
    case '!!timestamp':
      return isTimestamp(value) ? { kind: 'timestamp' } : agree(tag, value)
    case '!!binary':
      if (BASE64.test(value.replaceAll(/[\r\n]/g, ''))) return { kind: 'string' }
      return '!!binary value contains invalid base64 data'
    default:
      return { kind: 'string' }
  }
}

function agree(tag: string, value: string): Resolved | string {
  const resolved = resolveScalar(value, { timestamps: false })
  // The reference converts only what a signed 64-bit integer holds.
  if (tag === '!!float' && resolved.kind === 'int' && BigInt(resolved.value) < 1n << 63n) {
    return { kind: 'float', value: floatText(Number(resolved.value)) }
  }
  const found = `!!${NAMES[resolved.kind]}`
  return found === tag ? resolved : `cannot decode ${found} \`${value}\` as a ${tag}`
}
