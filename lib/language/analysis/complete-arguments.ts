import { formatScalar } from '../edit/format'
import { entryOf, nodeAt } from '../edit/tree'
import type { PropertyPath } from '../syntax/path'
import type { Cursor } from './cursor'
import { type FunctionInfo, functions, readCall } from './functions'
import {
  choicesOf,
  isType,
  notesOf,
  propertiesOf,
  type SchemaView,
  stepInto,
  typeInWords,
  viewOf,
} from './schema-view'
import { type Scope, textOf } from './scope'
import { nestedKey, type Request, type Suggestion } from './suggestion'

/**
 * What the innermost call around a path expects there; undefined outside of calls. `path` starts below `values`.
 */
export function expectedAt({ scope }: Pick<Request, 'scope'>, path: PropertyPath): SchemaView | undefined {
  const at = path.findLastIndex((element) => typeof element === 'string' && element.startsWith('fn::'))
  if (at < 0) return undefined
  const argument = path.slice(at + 1)
  const call = readCall(String(path[at]))
  if (call === undefined) return undefined
  const node = nodeAt(scope.outline.values, path.slice(0, at + 1))
  const named = call.provider ?? textOf(entryOf(node, 'provider')?.value)
  const view = argumentSchema(
    { scope },
    { name: call.info.name, short: call.provider !== undefined, provider: named },
  )
  return argument.reduce<SchemaView | undefined>((inner, element) => inner && stepInto(inner, element), view)
}

interface CallShape {
  readonly name: string
  /** Whether the provider is part of the key. */
  readonly short: boolean
  readonly provider: string | undefined
}

function argumentSchema({ scope }: Pick<Request, 'scope'>, shape: CallShape): SchemaView | undefined {
  if (shape.name === 'fn::open' || shape.name === 'fn::rotate') return providerSchema(scope, shape)
  if (shape.name !== 'fn::validate') return undefined
  const properties = { schema: { type: 'object' }, value: true } as const
  return viewOf({ type: 'object', properties, required: ['schema', 'value'] })
}

function providerSchema(scope: Scope, { name, short, provider }: CallShape): SchemaView {
  const kind = name === 'fn::open' ? 'provider' : 'rotator'
  const info = scope.provider(kind, provider ?? '')
  const inputs = info?.inputs ?? true
  if (short && kind === 'provider') return viewOf(inputs)
  const shared = typeof inputs === 'boolean' || inputs.$defs === undefined ? {} : { $defs: inputs.$defs }
  const parts = { inputs, ...(kind === 'rotator' ? { state: info?.state ?? true } : {}) }
  if (short) return viewOf({ ...shared, type: 'object', properties: parts, required: ['inputs'] })
  const names = scope.context.providers.filter((each) => each.kind === kind).map((each) => each.name)
  const properties = { provider: { type: 'string', enum: names } as const, ...parts }
  return viewOf({ ...shared, type: 'object', properties, required: ['provider', 'inputs'] })
}

/** Properties and values that a schema names, and calls where the mapping is still empty. */
export function completeArgument(request: Request, expected: SchemaView | undefined): Suggestion[] {
  const values = expected === undefined ? [] : choices(request, expected)
  if (request.cursor.place === 'value') return values
  const properties = expected === undefined ? [] : propertyKeys(request, expected)
  return [...properties, ...values, ...(request.siblings.size === 0 ? calls(request) : [])]
}

function propertyKeys({ cursor, siblings }: Request, expected: SchemaView): Suggestion[] {
  return propertiesOf(expected)
    .filter(({ name }) => !siblings.has(name))
    .map(({ name, view, required }): Suggestion => {
      const nested = isType(view, 'object')
      const { secret, ...notes } = notesOf(view)
      return {
        label: name,
        kind: 'property',
        ...(nested ? nestedKey(cursor, name) : { insertText: `${name}: ` }),
        detail: `${secret ? 'secret ' : ''}${typeInWords(view)}${required ? ', required' : ''}`,
        ...(required ? { required: true } : {}),
        ...(nested || choicesOf(view).length > 0 ? { again: true } : {}),
        ...notes,
      }
    })
}

function choices({ cursor }: Request, expected: SchemaView): Suggestion[] {
  const isText = typeInWords(expected) === 'string'
  return choicesOf(expected).map((choice) => ({
    label: choice,
    kind: 'value',
    insertText: isText && !cursor.quoted ? formatScalar(choice, { inFlow: cursor.inFlow }) : choice,
  }))
}

function calls(request: Request): Suggestion[] {
  const { cursor, context } = request
  const provided = context.providers.map(({ kind, name, description }): Suggestion => {
    const key = `${kind === 'provider' ? 'fn::open' : 'fn::rotate'}::${name}`
    const notes = description === undefined ? {} : { description }
    return { label: key, kind: 'provider', ...nestedKey(cursor, key), again: true, ...notes }
  })
  return [...provided, ...functions.map((info) => suggestFunction(cursor, info))]
}

function suggestFunction(cursor: Cursor, { name, description, template, caret }: FunctionInfo): Suggestion {
  const base = { label: name, kind: 'function', description } as const
  if (template === '') return { ...base, ...nestedKey(cursor, name), again: true }
  const inside = caret === undefined ? {} : { caret: name.length + 1 + caret }
  return { ...base, insertText: `${name}:${template}`, ...inside }
}
