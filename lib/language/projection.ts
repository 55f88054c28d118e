import type { ExportedProperties, ExportedValue } from './eval/evaluation'
import { goQuote } from './text/go-quote'
import { getOwn, isJsonObject, type Json, JsonNumber, type JsonObject, setOwn } from './text/json'
import { compareUtf8 } from './text/order'

export interface Projection {
  /** Sorted by name. */
  readonly environmentVariables: readonly ProjectedVariable[]
  /** Variables that receive the path of a temporary file with this content; sorted by name. */
  readonly files: readonly ProjectedVariable[]
}

export interface ProjectedVariable {
  readonly name: string
  readonly value: string
  readonly secret: boolean
}

/** Whether secrets are shown or replaced by `[secret]`. */
export interface ProjectionOptions {
  readonly secrets: 'show' | 'redact'
}

/** The conventional `environmentVariables` and `files` of an evaluated environment (spec §22). */
export function projectEnvironment(properties: ExportedProperties | undefined): Projection {
  return {
    environmentVariables: projectVariables(getOwn(properties, 'environmentVariables')),
    files: projectVariables(getOwn(properties, 'files')),
  }
}

function projectVariables(section: ExportedValue | undefined): ProjectedVariable[] {
  const content = section?.value
  if (!isProperties(content)) return []
  return sortedEntries(content)
    .filter(([, value]) => !Array.isArray(value.value) && !isProperties(value.value))
    .map(([name, value]) => ({
      name,
      value: valueToString(value, { secrets: 'show' }),
      secret: value.secret ?? false,
    }))
}

function isProperties(content: ExportedValue['value']): content is ExportedProperties {
  return isJsonObject(content)
}

function isList(content: ExportedValue['value']): content is readonly ExportedValue[] {
  return Array.isArray(content)
}

function sortedEntries(properties: ExportedProperties): [string, ExportedValue][] {
  return Object.entries(properties).sort(([a], [b]) => compareUtf8(a, b))
}

/** Spec §22; unknown values become the string `[unknown]`. */
export function valueToJson(value: ExportedValue, options: ProjectionOptions): Json {
  if (value.secret && options.secrets === 'redact') return '[secret]'
  if (value.unknown) return '[unknown]'
  const { value: content } = value
  if (content === undefined) return null
  if (isList(content)) return content.map((element) => valueToJson(element, options))
  return isProperties(content) ? propertiesToJson(content, options) : content
}

/** The JSON of all properties of an evaluated environment. */
export function propertiesToJson(
  properties: ExportedProperties | undefined,
  options: ProjectionOptions,
): JsonObject {
  const object: { [key: string]: Json } = {}
  for (const [key, value] of sortedEntries(properties ?? {})) setOwn(object, key, valueToJson(value, options))
  return object
}

/** Spec §22: the text that `environmentVariables` would get; collections as in spec §12.1. */
export function valueToString(value: ExportedValue, options: ProjectionOptions): string {
  if (value.secret && options.secrets === 'redact') return '[secret]'
  if (value.unknown) return '[unknown]'
  const { value: content } = value
  if (content === undefined) return ''
  if (content instanceof JsonNumber) return content.text
  if (isList(content)) return content.map((element) => goQuote(valueToString(element, options))).join(',')
  if (!isProperties(content)) return String(content)
  return sortedEntries(content)
    .map(([key, property]) => `${goQuote(key)}=${goQuote(valueToString(property, options))}`)
    .join(',')
}
