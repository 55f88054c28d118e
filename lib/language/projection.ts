import type { ExportedProperties, ExportedValue } from './eval/evaluation'
import type { Json, JsonObject } from './text/json'

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
export function projectEnvironment(_properties: ExportedProperties | undefined): Projection {
  return { environmentVariables: [], files: [] }
}

/** Spec §22; unknown values become the string `[unknown]`. */
export function valueToJson(_value: ExportedValue, _options: ProjectionOptions): Json {
  return null
}

export function propertiesToJson(
  _properties: ExportedProperties | undefined,
  _options: ProjectionOptions,
): JsonObject {
  return {}
}

/** Spec §22: the text that `environmentVariables` would get; collections as in spec §12.1. */
export function valueToString(_value: ExportedValue, _options: ProjectionOptions): string {
  return ''
}
