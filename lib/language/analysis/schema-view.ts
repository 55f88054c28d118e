import { ALWAYS, NEVER, type Schema, type SchemaRecord } from '../schema/schema'
import { getOwn } from '../text/json'

/** A schema together with the root that its references point into. */
export interface SchemaView {
  readonly schema: Schema
  readonly root: Schema
}

export const anything: SchemaView = { schema: ALWAYS, root: ALWAYS }

export function viewOf(schema: Schema): SchemaView {
  return { schema, root: schema }
}

/** A property that a schema declares. */
export interface SchemaProperty {
  readonly name: string
  readonly view: SchemaView
  readonly required: boolean
}

/** The records a schema stands for: itself, its reference's target, its alternatives. */
function alternatives({ schema, root }: SchemaView, depth = 0): SchemaRecord[] {
  if (typeof schema === 'boolean' || depth > 8) return []
  const target = resolveReference(schema, root)
  const nested = [...(target === undefined ? [] : [target]), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  return [schema, ...nested.flatMap((member) => alternatives({ schema: member, root }, depth + 1))]
}

function resolveReference(schema: SchemaRecord, root: Schema): Schema | undefined {
  const name = /^#\/\$defs\/([^/]+)$/.exec(schema.$ref ?? '')?.[1]
  return name === undefined || typeof root === 'boolean' ? undefined : getOwn(root.$defs, name)
}

/** The declared properties: required ones first, each group in the order of declaration. */
export function propertiesOf(view: SchemaView): readonly SchemaProperty[] {
  const found = new Map<string, SchemaProperty>()
  for (const record of alternatives(view)) {
    for (const [name, schema] of Object.entries(record.properties ?? {})) {
      if (found.has(name)) continue
      const required = record.required?.includes(name) ?? false
      found.set(name, { name, required, view: { schema, root: view.root } })
    }
  }
  const all = [...found.values()]
  return [...all.filter((property) => property.required), ...all.filter((property) => !property.required)]
}

/** Steps into a property or an element; undefined when the schema cannot have it. */
export function stepInto(view: SchemaView, element: string | number): SchemaView | undefined {
  if (view.schema === ALWAYS) return anything
  for (const record of alternatives(view)) {
    const schema = typeof element === 'number' ? itemOf(record, element) : propertyOf(record, element)
    if (schema !== undefined && schema !== NEVER) return { schema, root: view.root }
  }
  return undefined
}

function itemOf(record: SchemaRecord, index: number): Schema | undefined {
  return record.prefixItems?.[index] ?? record.items
}

function propertyOf(record: SchemaRecord, name: string): Schema | undefined {
  return getOwn(record.properties, name) ?? record.additionalProperties
}

/** The texts that are allowed, as they would be written: enumerated values, constants, `true` and `false`. */
export function choicesOf(view: SchemaView): readonly string[] {
  const choices = alternatives(view).flatMap((record) => {
    const values = [...(record.enum ?? []), ...(record.const === undefined ? [] : [record.const])]
    if (record.type === 'boolean' && values.length === 0) return ['true', 'false']
    return values.flatMap((value) => {
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [String(value)]
        : []
    })
  })
  return [...new Set(choices)]
}

/** The types that a schema allows, in words: `string`, `string or number`, `any`. */
export function typeInWords(view: SchemaView): string {
  if (view.schema === ALWAYS) return 'any'
  if (view.schema === NEVER) return 'nothing'
  const types = alternatives(view).flatMap((record) =>
    record.type === undefined || record.type === '' ? [] : [record.type],
  )
  return [...new Set(types)].join(' or ') || 'any'
}

/** Whether the value is a collection of that type in every alternative that has a type. */
export function isType(view: SchemaView, type: 'object' | 'array'): boolean {
  return typeInWords(view) === type
}

/** The nearest description, deprecation and secrecy that a schema states. */
export function notesOf(view: SchemaView): { description?: string; deprecated?: true; secret?: true } {
  const records = alternatives(view)
  const described = records.find((record) => record.description !== undefined)
  return {
    ...(described?.description === undefined ? {} : { description: described.description }),
    ...(records.some((record) => record.deprecated) ? { deprecated: true } : {}),
    ...(records.some((record) => record.secret) ? { secret: true } : {}),
  }
}
