import { readAccess } from '../edit/access'
import { entryOf, slotOf, type TreeNode } from '../edit/tree'
import type { ExportedProperties, ExportedValue } from '../eval/evaluation'
import type { PropertyPath } from '../syntax/path'
import { getOwn, JsonNumber } from '../text/json'
import { callOf, type Outline } from './outline'
import { propertiesOf, type SchemaView, stepInto, viewOf } from './schema-view'
import type { LanguageContext, ProviderInfo } from './types'

/**
 * All that is known of one value: its node in the text, its schema, and what the last check made of it. The three may
 * disagree while a person types; each is asked for what it alone knows.
 */
export interface Known {
  readonly node?: TreeNode | undefined
  readonly view?: SchemaView | undefined
  readonly value?: ExportedValue | undefined
}

export interface Member {
  readonly name: string
  readonly known: Known
}

/** References resolved through other references, at most. */
const maximumHops = 10

/** The values that references of a text can reach. */
export class Scope {
  constructor(
    readonly outline: Outline,
    readonly context: LanguageContext,
  ) {}

  provider(kind: ProviderInfo['kind'], name: string): ProviderInfo | undefined {
    return this.context.providers.find((provider) => provider.kind === kind && provider.name === name)
  }

  /** What a path of a reference leads to, e.g. `aws.login` or `context.rootEnvironment.name`. */
  resolve(path: PropertyPath, hops = 0): Known | undefined {
    const [head, ...rest] = path
    if (head === 'context') return this.#walk(this.#executionContext, rest, hops)
    if (head === 'imports') return this.#resolveImport(rest, hops)
    if (head === 'environments') return undefined
    return this.#walk(this.#values, path, hops)
  }

  /** The names that can follow a path. */
  members(path: PropertyPath): readonly Member[] {
    const known = this.resolve(path)
    return known === undefined ? [] : this.membersOf(known)
  }

  membersOf(known: Known): readonly Member[] {
    const settled = this.#settle(known, 0)
    const names = new Set<string>()
    if (settled.node?.kind === 'map')
      for (const { name } of settled.node.entries) if (name !== undefined) names.add(name)
    if (settled.view !== undefined) for (const { name } of propertiesOf(settled.view)) names.add(name)
    for (const name of namesOf(settled.value)) names.add(name)
    return [...names].map((name) => ({ name, known: this.#step(settled, name) }))
  }

  get #values(): Known {
    const { schema, properties } = this.context.evaluation ?? {}
    return {
      node: this.outline.values,
      view: schema === undefined ? undefined : viewOf(schema),
      value: asValue(properties),
    }
  }

  get #executionContext(): Known {
    const { schema, properties } = this.context.evaluation?.executionContext ?? {}
    return { view: schema === undefined ? undefined : viewOf(schema), value: asValue(properties) }
  }

  /** Of an import only what shows in the merged result is known. */
  #resolveImport([name, ...rest]: PropertyPath, hops: number): Known | undefined {
    if (typeof name !== 'string') return undefined
    const merged = this.context.evaluation?.properties ?? {}
    const own = Object.entries(merged).flatMap(([key, value]): [string, ExportedValue][] => {
      const from = madeBy(value, name)
      return from === undefined ? [] : [[key, from]]
    })
    return this.#walk({ value: asValue(Object.fromEntries(own)) }, rest, hops)
  }

  #walk(start: Known, path: PropertyPath, hops: number): Known | undefined {
    let known = start
    for (const element of path) {
      known = this.#step(this.#settle(known, hops), element)
      if (known.node === undefined && known.view === undefined && known.value === undefined) return undefined
    }
    return known
  }

  #step({ node, view, value }: Known, element: string | number): Known {
    return {
      node: slotOf(node, element)?.value,
      view: view === undefined ? undefined : stepInto(view, element),
      value: stepValue(value, element),
    }
  }

  /** Follows references and replaces calls by what they give. */
  #settle(known: Known, hops: number): Known {
    const { node } = known
    const call = callOf(node)
    if (call !== undefined) return this.#settleCall(known, call, hops)
    const target = node?.kind === 'scalar' && hops < maximumHops ? readSymbol(node.text) : undefined
    if (target === undefined) return known
    const resolved = this.resolve(target, hops + 1)
    if (resolved === undefined) return { ...known, node: undefined }
    const settled = this.#settle(resolved, hops + 1)
    return { node: settled.node, view: settled.view ?? known.view, value: known.value ?? settled.value }
  }

  #settleCall(known: Known, call: NonNullable<ReturnType<typeof callOf>>, hops: number): Known {
    const argument = call.entry.value
    switch (call.info.name) {
      case 'fn::open':
      case 'fn::rotate': {
        const name = call.provider ?? textOf(entryOf(argument, 'provider')?.value)
        const provider = this.provider(call.info.name === 'fn::open' ? 'provider' : 'rotator', name ?? '')
        return {
          ...known,
          node: undefined,
          view: provider === undefined ? known.view : viewOf(provider.outputs),
        }
      }
      case 'fn::final':
        return this.#settle({ ...known, node: argument }, hops)
      case 'fn::validate':
        return this.#settle({ ...known, node: entryOf(argument, 'value')?.value }, hops)
      default:
        return { ...known, node: undefined }
    }
  }
}

export function textOf(node: TreeNode | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.text : undefined
}

/** The path of a text that is one reference and nothing else. */
function readSymbol(text: string): PropertyPath | undefined {
  const match = /^\$\{([^}]*)\}$/.exec(text)
  return match === null ? undefined : readAccess(match[1] ?? '').path
}

function asValue(properties: ExportedProperties | undefined): ExportedValue | undefined {
  return properties === undefined ? undefined : { value: properties, trace: { def: placeless } }
}

const placeless = { begin: { line: 0, column: 0, byte: 0 }, end: { line: 0, column: 0, byte: 0 } }

/** The members of a value that is a map. */
export function mapOf(value: ExportedValue | undefined): ExportedProperties | undefined {
  const inner = value?.value
  if (typeof inner !== 'object' || inner instanceof JsonNumber || Array.isArray(inner)) return undefined
  // The checks above leave only the map; `Array.isArray` does not narrow a readonly array.
  return inner as ExportedProperties
}

function namesOf(value: ExportedValue | undefined): string[] {
  return Object.keys(mapOf(value) ?? {})
}

function stepValue(value: ExportedValue | undefined, element: string | number): ExportedValue | undefined {
  if (typeof element === 'string') return getOwn(mapOf(value), element)
  return Array.isArray(value?.value) ? value.value[element] : undefined
}

/** The value, or the one of those it overrode, that an environment made. */
function madeBy(value: ExportedValue, environment: string): ExportedValue | undefined {
  for (let at: ExportedValue | undefined = value; at !== undefined; at = at.trace.base) {
    if (at.trace.def.environment === environment) return at
  }
  return undefined
}
