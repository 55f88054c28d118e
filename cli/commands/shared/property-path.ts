import { type PropertyPath, parsePropertyPath } from '@/lib/language/syntax/path'
import { Failure } from '../../failure'

/** Reads a property path; the failure says `<prefix>: <what is wrong>`. */
export function propertyPath(text: string, prefix: string): PropertyPath {
  const result = parsePropertyPath(text)
  if (!result.ok) throw new Failure('PATH', `${prefix}: ${result.message}`)
  return result.path
}
