import { type ExportedProperties, type ExportedValue, JsonNumber, type PropertyPath } from '@/lib/language'

/** The value at a property path of an evaluated environment; undefined when there is none. */
export function valueAt(properties: ExportedProperties, path: PropertyPath): ExportedValue | undefined {
  const [first, ...rest] = path
  let value = typeof first === 'string' ? own(properties, first) : undefined
  for (const step of rest) {
    if (value === undefined) return undefined
    value = child(value, step)
  }
  return value
}

function child({ value }: ExportedValue, step: string | number): ExportedValue | undefined {
  if (isList(value)) return typeof step === 'number' ? value[step] : undefined
  return isMap(value) && typeof step === 'string' ? own(value, step) : undefined
}

/** Never an inherited one: keys come from people. */
function own(properties: ExportedProperties, name: string): ExportedValue | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined
}

function isList(value: ExportedValue['value']): value is readonly ExportedValue[] {
  return Array.isArray(value)
}

function isMap(value: ExportedValue['value']): value is ExportedProperties {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof JsonNumber)
}
