/** Which functions a definition calls, and where. */
import { type CallExpression, type Expression, joinIndex, joinKey, parseDefinition } from '@/lib/language'

export interface Call {
  /** Without a provider's name: `fn::rotate`. */
  function: string
  /** As the definition names it: `fn::rotate::password`. */
  name: string
  /** Property path below `values`; absent inside the argument of another call. */
  path: string | undefined
}

/** In the order of the definition; what cannot be parsed has none. */
export function callsIn(definition: string, environment: string): Call[] {
  const parsed = parseDefinition(definition, { environment }).definition
  return (parsed?.values?.entries ?? []).flatMap(({ key, value }) =>
    callsBelow(value, joinKey('', key?.value ?? '')),
  )
}

type Place = [expression: Expression, path: string | undefined]

function callsBelow(root: Expression, rootPath: string): Call[] {
  const found: Call[] = []
  // A stack of its own: definitions may nest deeper than calls can.
  const pending: Place[] = [[root, rootPath]]
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [expression, path] = next
    if (expression.kind === 'call') found.push(callAt(expression, path))
    pending.push(...childrenOf(expression, path).reverse())
  }
  return found
}

function callAt(call: CallExpression, path: string | undefined): Call {
  return { function: call.function, name: call.name.value, path }
}

function childrenOf(expression: Expression, path: string | undefined): Place[] {
  if (expression.kind === 'call') return [[expression.argument, undefined]]
  if (expression.kind === 'array') {
    return expression.elements.map((element, index) => [element, path && joinIndex(path, index)])
  }
  if (expression.kind !== 'object') return []
  return expression.entries.map(({ key, value }) => [value, path && joinKey(path, key?.value ?? '')])
}
