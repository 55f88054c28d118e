import type { Entry, Expression, PropertyAccess } from '../ast/expression'
import { ANY_ARRAY, ANY_OBJECT, NULL, STRING } from '../schema/schema'
import { joinIndex, joinKey } from '../syntax/path'
import { goQuote } from '../text/go-quote'
import { JsonNumber, jsonNumber, setOwn } from '../text/json'
import { compareUtf8 } from '../text/order'
import type { Builtin } from './builtin'
import {
  Expr,
  missingExpr,
  NOWHERE,
  type ObjectForm,
  type Place,
  type ResolvableAccess,
  type Site,
} from './expr'
import type { Sink } from './sink'
import { propertyOf, type Value } from './value'

export interface DeclareContext {
  readonly builtins: ReadonlyMap<string, Builtin>
  readonly sink: Sink
}

interface Position {
  /** For messages about cycles. */
  readonly path: string
  readonly base: Value | undefined
}

const UNPLACED: Position = { path: '', base: undefined }

/** Gives an expression and everything inside it an identity (spec §9.2). */
export function declare(x: Expression | undefined, { path, base }: Position, context: DeclareContext): Expr {
  if (x === undefined) return missingExpr({ path, base })
  const site = { path, place: x.syntax, base }
  switch (x.kind) {
    case 'null':
      return new Expr(site, { kind: 'literal', value: null }, NULL)
    case 'boolean':
      return new Expr(site, { kind: 'literal', value: x.value }, { type: 'boolean', const: x.value })
    case 'number': {
      const literal = { kind: 'literal', value: new JsonNumber(x.value) } as const
      return new Expr(site, literal, { type: 'number', const: jsonNumber(x.value) })
    }
    case 'string':
      return new Expr(site, { kind: 'literal', value: x.value }, { type: 'string', const: x.value })
    case 'symbol':
      return new Expr(site, { kind: 'symbol', access: resolvable(x.access) }, true)
    case 'interpolation': {
      const parts = x.parts.map(({ text, access }) => ({ text, access: access && resolvable(access) }))
      return new Expr(site, { kind: 'interpolation', parts }, STRING)
    }
    case 'array': {
      const position = (index: number): Position => ({ path: joinIndex(path, index), base: undefined })
      const elements = x.elements.map((element, index) => declare(element, position(index), context))
      return new Expr(site, { kind: 'array', elements }, ANY_ARRAY)
    }
    case 'object':
      return new Expr(site, declareProperties(x.entries, { path, base }, context), ANY_OBJECT)
    case 'call':
      return declareCall(x, site, context)
  }
}

function resolvable(access: PropertyAccess): ResolvableAccess {
  return { access, resolved: [] }
}

function declareProperties(
  entries: readonly Entry[],
  position: Position,
  context: DeclareContext,
): ObjectForm {
  return declareEntries(entries, {
    base: position.base,
    context,
    pathOf: (key) => joinKey(position.path, key),
    refuse: (key, seen) => (seen ? `duplicate key ${goQuote(key)}` : undefined),
  })
}

interface EntryRules {
  readonly base: Value | undefined
  readonly context: DeclareContext
  pathOf(key: string): string
  /** Why a key is dropped. */
  refuse(key: string, seen: boolean): string | undefined
}

function declareEntries(entries: readonly Entry[], rules: EntryRules): ObjectForm {
  const properties = new Map<string, Expr>()
  const keys = new Map<string, Place>()
  for (const { key, value } of entries) {
    if (key === undefined) continue
    const name = key.value
    const refusal = rules.refuse(name, properties.has(name))
    if (properties.has(name) || refusal === undefined) keys.set(name, key.syntax)
    if (refusal !== undefined) {
      const { path, range } = key.syntax
      rules.context.sink.diagnostic({
        severity: 'error',
        code: refusal.startsWith('duplicate') ? 'duplicate-key' : 'reserved-key',
        summary: refusal,
        path,
        ...(range && { range }),
      })
      continue
    }
    const base = rules.base && propertyOf(rules.base, keyExpr(key.syntax), name)
    properties.set(name, declare(value, { path: rules.pathOf(name), base }, rules.context))
  }
  const sorted = [...properties].sort(([a], [b]) => compareUtf8(a, b))
  return { kind: 'object', properties, sorted, keys }
}

/** The expression that a late-bound base property is blamed on. */
function keyExpr(place: Place): Expr {
  return new Expr({ place }, { kind: 'missing' })
}

function declareCall(x: Expression & { readonly kind: 'call' }, site: Site, context: DeclareContext): Expr {
  const builtin = context.builtins.get(x.function)
  if (builtin === undefined) throw new TypeError(`no builtin ${x.function}`)
  const parts: { [part: string]: Expr } = {}
  for (const name of builtin.parts) setOwn(parts, name, declare(x.parts[name], UNPLACED, context))
  const form = { kind: 'call', call: x, builtin, parts, argument: { schema: builtin.argSchema } } as const
  builtin.declared?.(form)
  return new Expr(site, form, builtin.schema)
}

const RESERVED = ['imports', 'context', 'environments']

/** Declares the values of an environment (spec §9.2). */
export function declareRoot(
  root: { readonly name: string; readonly entries: readonly Entry[]; readonly base: Value | undefined },
  context: DeclareContext,
): Expr {
  const form = declareEntries(root.entries, {
    base: root.base,
    context,
    pathOf: (key) => key,
    refuse: (key, seen) => {
      if (RESERVED.includes(key)) return `${goQuote(key)} is a reserved key`
      return seen ? `duplicate key ${goQuote(key)}` : undefined
    },
  })
  return new Expr({ path: `<${root.name}>`, place: NOWHERE, base: root.base }, form, ANY_OBJECT)
}
