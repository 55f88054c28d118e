import { formatData } from '../edit/data'
import { readTree } from '../edit/read-tree'
import type { EditResult } from '../edit/result'
import { setValue } from '../edit/set'
import { nodeAt, topLevel } from '../edit/tree'
import { ALWAYS } from '../schema/schema'
import { type Json, JsonNumber, setOwn } from '../text/json'
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
import type { ProviderInfo } from './types'

/** A property of a provider's inputs or outputs, as documentation shows it. */
export interface DocumentedProperty {
  /** Dotted; `[]` stands for any element, `*` for any name. */
  readonly path: string
  readonly depth: number
  readonly type: string
  readonly required: boolean
  readonly secret: boolean
  readonly deprecated: boolean
  readonly description?: string
  /** Texts that are allowed. */
  readonly choices: readonly string[]
  /** As JSON. */
  readonly default?: string
}

export interface ProviderDocs {
  readonly inputs: readonly DocumentedProperty[]
  readonly outputs: readonly DocumentedProperty[]
  /** The call with what it needs, as YAML that stands on its own. */
  readonly example: string
}

const deepest = 6

export function providerDocs(provider: ProviderInfo): ProviderDocs {
  return {
    inputs: documented(viewOf(provider.inputs), { path: '', depth: 0 }),
    outputs: documented(viewOf(provider.outputs), { path: '', depth: 0 }),
    example: formatData(exampleCall(provider)),
  }
}

/** Puts the example of a provider below `values`, under a name that is free. */
export function insertExample(text: string, provider: ProviderInfo): EditResult {
  const tree = readTree(text)
  const values = topLevel(tree, 'values')?.name ?? 'values'
  const base = provider.name.replace(/-login$/, '')
  const taken = (name: string) => nodeAt(tree.roots[0], [values, name]) !== undefined
  let name = base
  for (let number = 2; taken(name); number++) name = `${base}-${number}`
  return setValue(text, [values, name], formatData(exampleCall(provider)))
}

interface Place {
  readonly path: string
  readonly depth: number
}

function documented(view: SchemaView, { path, depth }: Place): DocumentedProperty[] {
  if (depth > deepest) return []
  const join = (name: string) => (path === '' ? name : `${path}.${name}`)
  const named = propertiesOf(view).flatMap(({ name, view: inner, required }) =>
    propertyDocs(inner, { place: { path: join(name), depth }, required }),
  )
  const item = isType(view, 'array') ? stepInto(view, 0) : undefined
  const other = named.length === 0 && isType(view, 'object') ? stepInto(view, '') : undefined
  return [
    ...named,
    ...(item === undefined || item.schema === ALWAYS ? [] : documented(item, { path: `${path}[]`, depth })),
    ...(other === undefined || other.schema === ALWAYS
      ? []
      : propertyDocs(other, { place: { path: join('*'), depth }, required: false })),
  ]
}

function propertyDocs(
  view: SchemaView,
  { place, required }: { place: Place; required: boolean },
): DocumentedProperty[] {
  const { description, deprecated, secret } = notesOf(view)
  const fallback = typeof view.schema === 'boolean' ? undefined : view.schema.default
  return [
    {
      ...place,
      type: typeInWords(view),
      required,
      secret: secret ?? false,
      deprecated: deprecated ?? false,
      ...(description !== undefined && { description }),
      choices: isType(view, 'object') || typeInWords(view) === 'boolean' ? [] : choicesOf(view),
      ...(fallback !== undefined && { default: jsonText(fallback) }),
    },
    ...documented(view, { path: place.path, depth: place.depth + 1 }),
  ]
}

function jsonText(value: Json): string {
  return value instanceof JsonNumber ? value.text : JSON.stringify(value)
}

function exampleCall(provider: ProviderInfo): Json {
  const call = provider.kind === 'rotator' ? 'fn::rotate' : 'fn::open'
  const inputs = exampleOf(viewOf(provider.inputs), { name: '', depth: 0 })
  const argument = provider.kind === 'rotator' ? { inputs } : inputs
  return { [`${call}::${provider.name}`]: argument }
}

/** What is required; where nothing is, the first of what is possible. */
function exampleOf(view: SchemaView, { name, depth }: { name: string; depth: number }): Json {
  const given =
    typeof view.schema === 'boolean' ? undefined : (view.schema.default ?? view.schema.examples?.[0])
  if (given !== undefined) return given
  const properties = depth > deepest ? [] : propertiesOf(view)
  if (properties.length > 0) {
    const required = properties.filter((property) => property.required)
    const object: { [key: string]: Json } = {}
    for (const property of required.length > 0 ? required : properties.slice(0, 1)) {
      setOwn(object, property.name, exampleOf(property.view, { name: property.name, depth: depth + 1 }))
    }
    return object
  }
  return exampleScalar(view, { name, depth })
}

function exampleScalar(view: SchemaView, { name, depth }: { name: string; depth: number }): Json {
  const type = typeInWords(view)
  if (type === 'boolean') return true
  if (type === 'number') return 1
  const inner = depth > deepest ? undefined : stepInto(view, type === 'array' ? 0 : '')
  if (type === 'array')
    return inner === undefined || inner.schema === ALWAYS
      ? []
      : [exampleOf(inner, { name, depth: depth + 1 })]
  if (type === 'object') {
    const isOpen = inner === undefined || inner.schema === ALWAYS
    return isOpen ? {} : { name: exampleOf(inner, { name, depth: depth + 1 }) }
  }
  const [choice] = choicesOf(view)
  const text = choice ?? `<${name || 'value'}>`
  return notesOf(view).secret ? { 'fn::secret': text } : text
}
