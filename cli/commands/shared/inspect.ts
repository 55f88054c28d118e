import type { PropertyPath } from '@/lib/language/syntax/path'
import { isList, isObject } from '../../client/decode'
import { type CheckResult, checkText, readDefinition } from '../../client/environments'
import type { Json } from '../../client/json'
import { decodeRange, type Environment, environmentValue, type Range, type Value } from '../../client/values'
import type { Session } from '../../credentials/session'
import { within } from '../../failure'
import { renderEnvironment, type ValueFormat } from '../../output/formats'
import { writeJson } from '../../output/json'
import { plainValue, type Variable, type Visibility, valueAt, variablesOf } from '../../output/value'
import type { Resolved } from '../../reference/resolve'
import { displayNode, displayText } from './display'

/** An environment, or a place in it, that a command shows. */
export interface Subject {
  readonly name: Resolved
  /** Empty for the whole environment. */
  readonly path: PropertyPath
  readonly showSecrets: boolean
}

/** What is known of a subject without opening anything. Empty texts stand for what there is not. */
export interface Description {
  /** JSON without a final line break. */
  readonly value: string
  /** YAML with a final line break. */
  readonly definition: string
  /** Where it is defined, the latest first. */
  readonly stack: readonly Range[]
}

/** The definition of a subject; undefined when it has none. */
export async function definitionOf(
  session: Session,
  { name, path, showSecrets }: Subject,
): Promise<string | undefined> {
  const text = await readText(session, name, showSecrets)
  if (path.length === 0 || text === '') return text === '' ? undefined : displayText(text)
  return displayNode(text, documentPath(path))
}

/** The value and definition of a subject; undefined when there is nothing to say about it. */
export async function inspect(session: Session, subject: Subject): Promise<Description | undefined> {
  const { name, path, showSecrets } = subject
  const text = await readText(session, name, showSecrets)
  if (text === '') return path.length === 0 ? nothing : undefined
  if (path[0] === 'imports') {
    const definition = displayNode(text, path)
    return definition === undefined ? undefined : { ...nothing, definition }
  }
  const { environment } = await within('getting environment metadata', () =>
    checkText(session.api, name.organization, { text, showSecrets }),
  )
  const visibility: Visibility = { secrets: showSecrets ? 'show' : 'mask' }
  const definition = path.length === 0 ? displayText(text) : displayNode(text, documentPath(path))
  const value = environment && valueAt(environmentValue(environment), path)
  return {
    value: value ? writeJson(plainValue(value, visibility)) : '',
    definition: definition ?? '',
    stack: path.length === 0 ? [] : stackOf({ environment, value, path, defined: definition !== undefined }),
  }
}

const nothing: Description = { value: '', definition: '', stack: [] }

/** The value of a subject in a format; the definition is checked even when it is empty. */
export async function renderedValue(
  session: Session,
  subject: Subject,
  format: ValueFormat,
): Promise<string> {
  const { name, path, showSecrets } = subject
  const text = await readText(session, name, showSecrets)
  const { environment } = await within('getting environment', () =>
    checkText(session.api, name.organization, { text, showSecrets }),
  )
  if (!environment) return ''
  const secrets = showSecrets ? 'show' : 'mask'
  const variables = () => unopenedVariables(environment, { secrets })
  return renderEnvironment(environment, { format, path, secrets, variables })
}

/** The variables of an environment that is not opened: its files are not written, so their paths are unknown. */
function unopenedVariables(environment: Environment, visibility: Visibility): Variable[] {
  const files = variablesOf(environment, 'files', visibility).map((file) => ({ ...file, value: '[unknown]' }))
  return [...variablesOf(environment, 'environmentVariables', visibility), ...files]
}

async function readText(session: Session, name: Resolved, decrypt: boolean): Promise<string> {
  const { version } = name
  const { text } = await within('getting environment definition', () =>
    readDefinition(session.api, name, { version, decrypt }),
  )
  return text
}

/** Paths begin below `values`, except those of the imports. */
function documentPath(path: PropertyPath): PropertyPath {
  return path[0] === 'imports' ? path : ['values', ...path]
}

interface Place {
  readonly environment: CheckResult['environment']
  readonly value: Value | undefined
  readonly path: PropertyPath
  /** Whether the document itself says something at this path. */
  readonly defined: boolean
}

/** The expressions that make the value when it is defined here, else the values it was merged from. */
function stackOf({ environment, value, path, defined }: Place): Range[] {
  const expression = environment && defined ? expressionAt(environment, path) : undefined
  return expression ? expressionRanges(expression) : value ? valueRanges(value) : []
}

function expressionRanges(expression: Json): Range[] {
  if (!isObject(expression)) return []
  const range = expression.get('range')
  return [
    ...(isObject(range) ? [decodeRange(range)] : []),
    ...expressionRanges(expression.get('base') ?? null),
  ]
}

function valueRanges({ trace }: Value): Range[] {
  return [...(trace.def ? [trace.def] : []), ...(trace.base ? valueRanges(trace.base) : [])]
}

/** The expression at a path, which may lead through the arguments of builtin functions. */
function expressionAt({ exprs }: Environment, path: PropertyPath): Json | undefined {
  const [first, ...rest] = path
  let expression = typeof first === 'string' ? exprs.get(first) : undefined
  for (const step of rest) expression = isObject(expression) ? childExpression(expression, step) : undefined
  return expression
}

function childExpression(expression: ReadonlyMap<string, Json>, step: string | number): Json | undefined {
  const list = expression.get('list')
  if (typeof step === 'number') return isList(list) ? list[step] : undefined
  const object = expression.get('object')
  const builtin = expression.get('builtin')
  if (isObject(builtin) && builtin.get('name') === step) return builtin.get('arg')
  return isObject(object) ? object.get(step) : undefined
}
