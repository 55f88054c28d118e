import type { Schema } from '@/lib/language'
import type { PropertyPath } from '@/lib/language/syntax/path'

/** The schema of what lies at a path, as far as the schema says. */
export function schemaAt(schema: Schema | undefined, steps: PropertyPath): Schema | undefined {
  let at = schema
  for (const step of steps) {
    if (typeof at !== 'object') return undefined
    at = typeof step === 'number' ? itemSchema(at, step) : propertySchema(at, step)
  }
  return at
}

type Declared = Exclude<Schema, boolean>

function itemSchema({ prefixItems, items }: Declared, index: number): Schema | undefined {
  return prefixItems?.[index] ?? items
}

function propertySchema({ properties, additionalProperties }: Declared, name: string): Schema | undefined {
  return properties && Object.hasOwn(properties, name) ? properties[name] : additionalProperties
}

/** A type in one word, `any` when everything fits. */
export function typeName(schema: Schema | undefined): string {
  if (typeof schema !== 'object') return 'any'
  if (schema.type) return schema.type
  if (schema.const !== undefined) return scalarTypeName(schema.const)
  if (schema.properties || schema.additionalProperties) return 'object'
  if (schema.items || schema.prefixItems) return 'array'
  const names = [...new Set([...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map(typeName))]
  return names.length > 0 ? names.join(' or ') : 'any'
}

function scalarTypeName(value: unknown): string {
  return value === null ? 'null' : typeof value
}
