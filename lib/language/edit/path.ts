/** A document path taken apart: mapping keys and sequence indices. */
export type PathElement = string | number
export type PropertyPath = readonly PathElement[]

/**
 * The document path of an entry (language.md §5): an identifier is joined with a dot, any other key in brackets, an
 * empty key not at all.
 */
export function joinKey(path: string, key: string): string {
  if (key === '') return path
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) return path === '' ? key : `${path}.${key}`
  return `${path}["${key.replaceAll('"', '\\"')}"]`
}

/** The document path of a sequence element. */
export function joinIndex(path: string, index: number): string {
  return `${path}[${index}]`
}

/** Prints a path in the form that {@link parsePath} reads (language.md §5, "Printing a path"). */
export function printPath(path: PropertyPath): string {
  return path.reduce<string>((text, element) => {
    if (typeof element === 'number') return joinIndex(text, element)
    if (!/^[A-Za-z0-9_]+$/.test(element)) return `${text}["${element.replaceAll('"', '\\"')}"]`
    return text === '' ? element : `${text}.${element}`
  }, '')
}

export type PathResult =
  | { readonly ok: true; readonly path: PropertyPath }
  | { readonly ok: false; readonly message: string }

/**
 * Reads a property path such as `values.list[0]["a b"]` (language.md §5, "Property-path strings").
 * A message of the failure never quotes the path.
 */
export function parsePath(text: string): PathResult {
  if (text.startsWith('.')) return fail('expected property path to start with a name or index')
  const path: PathElement[] = []
  for (let at = 0; at < text.length; ) {
    const step = readStep(text, at)
    if (!step.ok) return step
    if (step.element !== undefined) path.push(step.element)
    at = step.next
  }
  return { ok: true, path }
}

type Step =
  | { readonly ok: true; readonly element?: PathElement; readonly next: number }
  | { readonly ok: false; readonly message: string }

function readStep(text: string, at: number): Step {
  if (text[at] === '.') {
    if (at + 1 === text.length) return fail('expected property path to end with a name or index')
    return { ok: true, next: at + 1 }
  }
  if (text[at] !== '[') {
    const end = text.slice(at).search(/[.[]/)
    const next = end < 0 ? text.length : at + end
    return { ok: true, element: text.slice(at, next), next }
  }
  return text[at + 1] === '"' ? readQuoted(text, at + 2) : readIndex(text, at + 1)
}

function readQuoted(text: string, start: number): Step {
  let key = ''
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\' && text[at + 1] === '"') {
      key += '"'
      at++
    } else if (text[at] !== '"') key += text[at]
    else if (text[at + 1] === ']') return { ok: true, element: key, next: at + 2 }
    else return fail('missing closing bracket in property access')
  }
  return fail('missing closing quote in property name')
}

function readIndex(text: string, start: number): Step {
  const end = text.indexOf(']', start)
  if (end < 0) return fail('missing closing bracket in array index')
  const digits = text.slice(start, end)
  if (digits === '*') return { ok: true, element: '*', next: end + 1 }
  if (!/^[+-]?\d+$/.test(digits)) return fail('invalid array index')
  return { ok: true, element: Number(digits), next: end + 1 }
}

function fail(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message }
}
