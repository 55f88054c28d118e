/**
 * What the preview shows, made from the wire form of an evaluation (http-api.md §5.3). Pure, so that it is made where
 * it is shown and tested without a browser.
 */
import type { ExportedProperties, ExportedValue, Schema } from '@/lib/language'
import { joinPropertyPath, type PropertyPath } from '@/lib/language/syntax/path'
import { JsonNumber } from '@/lib/language/text/json'
import { type Layer, layersOf } from './layers'
import { type Maker, makerOf } from './maker'
import { schemaAt, typeName } from './schema-type'
import type { ShownEvaluation } from './wire'

export type NodeKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'

/** `secret`: a masked value, its text present once opened. `unknown…`: only an open can tell. */
export type NodeState = 'plain' | 'secret' | 'unknown' | 'unknown-secret'

export interface PreviewNode {
  /** Property path, unique in the tree. */
  path: string
  steps: PropertyPath
  name: string
  kind: NodeKind
  state: NodeState
  /** The scalar as text; absent for collections and for what is not known. */
  text?: string
  /** In words: `string`, `object`. */
  type: string
  /** The function that makes the value, such as `fn::open::aws-login`. */
  maker?: string
  /** The environment that set the value, when it is another one than this. */
  origin?: string
  /** The definitions that set it, the winner first. */
  layers: Layer[]
  /** When what a provider gave stops being valid, ISO 8601; on the value of the call itself. */
  expiresAt?: string
  children: PreviewNode[]
}

export interface TreeInput {
  evaluation: ShownEvaluation | undefined
  /** When the values of provider calls stop being valid: ISO 8601 by property path. */
  expiries?: ReadonlyMap<string, string>
  /** Names under which this environment may appear in ranges. */
  ownNames: readonly string[]
}

interface Context {
  exprs: ShownEvaluation['exprs']
  schema: Schema | undefined
  ownNames: readonly string[]
  expiries: ReadonlyMap<string, string>
}

/** The top-level values in the order of the evaluation. */
export function previewTree(input: TreeInput): PreviewNode[] {
  return createPreviewer()(input)
}

/** Makes trees one after the other: the nodes of values that are the very same as before are kept. */
export function createPreviewer(): (input: TreeInput) => PreviewNode[] {
  let context: Context | undefined
  let nodes = new WeakMap<ExportedValue, PreviewNode>()
  return ({ evaluation, ownNames, expiries = none }) => {
    const next = { exprs: evaluation?.exprs, schema: evaluation?.schema, ownNames, expiries }
    if (!isSame(context, next)) nodes = new WeakMap()
    context = next
    return entries(evaluation?.properties).map(([name, value]) => {
      const node = nodes.get(value) ?? nodeOf({ value, steps: [name], context: next, inSecret: false })
      nodes.set(value, node)
      return node
    })
  }
}

const none: ReadonlyMap<string, string> = new Map()

function isSame(before: Context | undefined, now: Context): boolean {
  return (
    before?.exprs === now.exprs &&
    before?.schema === now.schema &&
    before?.ownNames === now.ownNames &&
    before.expiries === now.expiries
  )
}

function entries(properties: ExportedProperties | undefined): [string, ExportedValue][] {
  return Object.entries(properties ?? {})
}

interface NodeInput {
  value: ExportedValue
  steps: PropertyPath
  context: Context
  /** A secret collection makes everything in it secret. */
  inSecret: boolean
}

function nodeOf({ value, steps, context, inSecret }: NodeInput): PreviewNode {
  const maker = makerOf(context.exprs, steps)
  const schema = schemaAt(context.schema, steps)
  const secret = inSecret || value.secret === true
  const at = place(steps)
  const expiresAt = context.expiries.get(at.path)
  const base = {
    ...at,
    ...(maker.name && { maker: maker.name }),
    ...originOf(value, context),
    layers: layersOf(value),
    ...(expiresAt && { expiresAt }),
  }
  if (value.unknown) return unknownNode({ base, schema, secret, maker })
  if (value.secret && value.value === undefined) return withheldNode(base, schema)
  return {
    ...base,
    kind: kindOf(value),
    type: kindOf(value),
    state: secret ? 'secret' : 'plain',
    ...scalarText(value),
    children: childrenOf({ value, steps, context, inSecret: secret }),
  }
}

function place(steps: PropertyPath) {
  return { path: joinPropertyPath(steps), steps, name: String(steps.at(-1) ?? '') }
}

type Base = Pick<PreviewNode, 'path' | 'steps' | 'name' | 'maker' | 'origin' | 'expiresAt' | 'layers'>

interface UnknownInput {
  base: Base
  schema: Schema | undefined
  secret: boolean
  maker: Maker
}

/** An unknown object shows what its schema promises, each property unknown in its turn. */
function unknownNode({ base, schema, secret, maker }: UnknownInput): PreviewNode {
  const declared = typeof schema === 'object' ? schema : {}
  const type = typeName(schema)
  const isSecret = secret || declared.secret === true
  // A stored ciphertext is known, only not shown: it must not look like something that a provider will tell.
  const state = maker.stored ? 'secret' : isSecret ? 'unknown-secret' : 'unknown'
  const children = Object.entries(declared.properties ?? {}).map(([name, property]) =>
    unknownNode({
      base: {
        ...place([...base.steps, name]),
        ...(base.maker && { maker: base.maker }),
        layers: base.layers,
      },
      schema: property,
      secret: false,
      maker,
    }),
  )
  return { ...base, kind: type === 'object' ? 'object' : 'string', type, state, children }
}

/** A secret that a check knows and does not tell. */
function withheldNode(base: Base, schema: Schema | undefined): PreviewNode {
  return { ...base, kind: 'string', type: typeName(schema), state: 'secret', children: [] }
}

function childrenOf({ value, steps, context, inSecret }: NodeInput): PreviewNode[] {
  const { value: content } = value
  if (Array.isArray(content)) {
    return content.map((item: ExportedValue, index) =>
      nodeOf({ value: item, steps: [...steps, index], context, inSecret }),
    )
  }
  if (!isProperties(content)) return []
  return entries(content).map(([name, item]) =>
    nodeOf({ value: item, steps: [...steps, name], context, inSecret }),
  )
}

function isProperties(content: ExportedValue['value']): content is ExportedProperties {
  if (typeof content !== 'object' || content === null) return false
  return !Array.isArray(content) && !(content instanceof JsonNumber)
}

function kindOf({ value }: ExportedValue): NodeKind {
  if (value === undefined || value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'number' || value instanceof JsonNumber) return 'number'
  return typeof value === 'boolean' ? 'boolean' : 'object'
}

function scalarText(value: ExportedValue): { text?: string } {
  const kind = kindOf(value)
  if (kind === 'object' || kind === 'array') return {}
  if (value.value instanceof JsonNumber) return { text: value.value.text }
  return { text: kind === 'null' ? 'null' : String(value.value) }
}

function originOf(value: ExportedValue, { ownNames }: Context): { origin?: string } {
  const environment = value.trace?.def.environment
  return environment && !ownNames.includes(environment) ? { origin: environment } : {}
}

/** The children of a top-level value such as `environmentVariables`, none when it is missing. */
export function section(tree: readonly PreviewNode[], name: string): PreviewNode[] {
  return tree.find((node) => node.name === name)?.children ?? []
}
