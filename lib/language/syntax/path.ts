import { goQuote } from '../text/go-quote'

/** A document path or property path, as keys and indices (spec §5). */
export type PropertyPath = readonly (string | number)[]

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/
const BARE = /^[A-Za-z0-9_]+$/

/** Appends a key to a document path: `values.a`, `values["with-hyphen"]`. */
export function joinKey(path: string, key: string): string {
  if (key === '') return path
  if (IDENTIFIER.test(key)) return path === '' ? key : `${path}.${key}`
  return `${path}["${key.replaceAll('"', '\\"')}"]`
}

/** Appends an index to a document path: `imports[0]`. */
export function joinIndex(path: string, index: number): string {
  return `${path}[${index}]`
}

/** Appends a whole path to a document path: `values` and `["a-b"][0]` give `values["a-b"][0]`. */
export function joinDocumentPath(root: string, path: PropertyPath): string {
  return path.reduce<string>(
    (joined, step) => (typeof step === 'number' ? joinIndex(joined, step) : joinKey(joined, step)),
    root,
  )
}

/** Prints a property path. Its rule for bare keys differs from that of document paths (spec §5). */
export function joinPropertyPath(path: PropertyPath): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (BARE.test(step)) text += text === '' ? step : `.${step}`
    else text += `["${step.replaceAll('"', '\\"')}"]`
  }
  return text
}

export type PropertyPathResult =
  | { readonly ok: true; readonly path: PropertyPath }
  | { readonly ok: false; readonly message: string }

/** Parses a property path such as `values.list[0]["a-b"]`, loosely as spec §5 says. */
export function parsePropertyPath(text: string): PropertyPathResult {
  if (text.startsWith('.')) return failure('expected property path to start with a name or index')
  const path: (string | number)[] = []
  let at = 0
  while (at < text.length) {
    if (text[at] === '.') {
      at++
      if (at === text.length) return failure('expected property path to end with a name or index')
      continue
    }
    const step = text[at] === '[' ? parseSubscript(text, at) : parseName(text, at)
    if ('message' in step) return failure(step.message)
    path.push(step.value)
    at = step.end
  }
  return { ok: true, path }
}

function failure(message: string): PropertyPathResult {
  return { ok: false, message }
}

type Step = { readonly value: string | number; readonly end: number } | { readonly message: string }

function parseName(text: string, start: number): Step {
  let end = start
  while (end < text.length && text[end] !== '.' && text[end] !== '[') end++
  return { value: text.slice(start, end), end }
}

function parseSubscript(text: string, start: number): Step {
  if (text[start + 1] === '"') return parseQuotedKey(text, start + 2)
  const close = text.indexOf(']', start)
  if (close === -1) return { message: 'missing closing bracket in array index' }
  const index = text.slice(start + 1, close)
  if (index === '*') return { value: '*', end: close + 1 }
  const problem = indexProblem(index)
  if (problem !== undefined) {
    return { message: `invalid array index: strconv.ParseInt: parsing ${goQuote(index)}: ${problem}` }
  }
  return { value: Number(index), end: close + 1 }
}

/** What is wrong with an index; it must fit a signed 64-bit integer. */
function indexProblem(index: string): string | undefined {
  if (!/^[+-]?[0-9]+$/.test(index)) return 'invalid syntax'
  return BigInt.asIntN(64, BigInt(index)) === BigInt(index) ? undefined : 'value out of range'
}

function parseQuotedKey(text: string, start: number): Step {
  let key = ''
  let at = start
  while (text[at] !== '"') {
    if (at >= text.length) return { message: 'missing closing quote in property name' }
    if (text[at] === '\\' && text[at + 1] === '"') at++
    key += text[at]
    at++
  }
  if (text[at + 1] !== ']') return { message: 'missing closing bracket in property access' }
  return { value: key, end: at + 2 }
}
