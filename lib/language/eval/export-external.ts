import { JsonNumber, jsonNumber, setOwn } from '../text/json'
import { toValid } from '../text/utf8'
import type { ExportedValue } from './evaluation'
import { exportRange } from './export'
import { Annotated, type ExternalValue } from './external'

/** The exported form of a value from outside, with the places that its parts carry (spec §17). */
export function exportExternal(external: ExternalValue): ExportedValue {
  const annotated = external instanceof Annotated ? external : new Annotated(external, {})
  const { value, secret, unknown, def, base } = annotated
  if (value instanceof Annotated) return exportExternal(value)
  const content = exportContent(value)
  return {
    ...(content !== undefined && { value: content }),
    ...(secret && { secret }),
    ...(unknown && { unknown }),
    trace: { def: exportRange(def, ''), ...(base && { base: base() }) },
  }
}

function exportContent(value: Exclude<ExternalValue, Annotated>): ExportedValue['value'] {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'number') return jsonNumber(String(value))
  if (value instanceof JsonNumber) return jsonNumber(value.text)
  if (typeof value === 'string') return toValid(value)
  if (typeof value !== 'object') return value
  if (isList(value)) return value.map(exportExternal)
  const properties: { [key: string]: ExportedValue } = {}
  for (const [key, member] of Object.entries(value)) setOwn(properties, key, exportExternal(member))
  return properties
}

function isList(value: ExternalValue): value is readonly ExternalValue[] {
  return Array.isArray(value)
}
