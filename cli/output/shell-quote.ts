import { Failure } from '../failure'
import { goQuote } from './go-quote'
import { quoteJson } from './json'

/**
 * A value for a shell to read back unchanged. Tame values are written as the official command line writes all: in double
 * quotes. What a shell would expand there (`$`, backquote, `!`) or not understand (escapes such as `\n`) stands in single
 * quotes instead, or a value could run commands.
 */
export function shellQuote(value: string): string {
  const quoted = goQuote(value)
  const expands = /[$`!]/.test(value)
  const escapes = /\\[^"\\]/.test(quoted.replaceAll('\\\\', ''))
  return expands || escapes ? `'${value.replaceAll("'", "'\\''")}'` : quoted
}

/** Refuses names that would end the assignment or be no name: the author of an environment must not run commands. */
export function assignmentName(name: string, format: 'dotenv' | 'shell'): string {
  const valid = format === 'shell' ? /^[A-Za-z_]\w*$/ : /^[A-Za-z_][\w.-]*$/
  if (valid.test(name)) return name
  throw new Failure(
    'DEFINITION',
    `environment variable name ${quoteJson(name)} cannot be written in the format '${format}'`,
  )
}
