import { type Environment, environmentValue, type Value } from '../client/values'
import { Failure } from '../failure'
import { writeJson } from './json'
import { assignmentName, shellQuote } from './shell-quote'
import {
  detailedValue,
  missingValue,
  plainValue,
  stringForm,
  type Variable,
  type Visibility,
  valueAt,
} from './value'

export const valueFormats = ['json', 'yaml', 'detailed', 'string', 'dotenv', 'shell'] as const
export type ValueFormat = (typeof valueFormats)[number]

/** The format of that name among those that a command knows; checked before anything is opened or fetched. */
export function parseFormat(
  name: string,
  allowed: readonly ValueFormat[],
  path: readonly unknown[],
): ValueFormat {
  const format = allowed.find((candidate) => candidate === name)
  if (format === undefined) throw new Failure('USAGE', `unknown output format ${JSON.stringify(name)}`)
  if ((format === 'dotenv' || format === 'shell') && path.length > 0) {
    throw new Failure('USAGE', `output format '${format}' may not be used with a property path`)
  }
  return format
}

export interface Rendering extends Visibility {
  readonly format: ValueFormat
  readonly path: readonly (string | number)[]
  /** The variables of `dotenv` and `shell`, files included. */
  readonly variables: () => readonly Variable[]
}

/** An environment, or the value at a path of it, in the format asked for. */
export async function renderEnvironment(environment: Environment, rendering: Rendering): Promise<string> {
  const { format } = rendering
  if (format === 'dotenv' || format === 'shell') {
    const prefix = format === 'shell' ? 'export ' : ''
    return rendering
      .variables()
      .map(({ name, value }) => `${prefix}${assignmentName(name, format)}=${shellQuote(value)}\n`)
      .join('')
  }
  return renderValue(
    valueAt(environmentValue(environment), rendering.path) ?? missingValue,
    format,
    rendering,
  )
}

async function renderValue(
  value: Value,
  format: 'json' | 'yaml' | 'detailed' | 'string',
  visibility: Visibility,
): Promise<string> {
  switch (format) {
    case 'json':
      return `${writeJson(plainValue(value, visibility))}\n`
    case 'detailed':
      return `${writeJson(detailedValue(value))}\n`
    case 'string': {
      const text = stringForm(value, visibility)
      return text.endsWith('\n') ? text : `${text}\n`
    }
    case 'yaml': {
      const { writeYaml } = await import('./yaml')
      return writeYaml(plainValue(value, visibility))
    }
  }
}
