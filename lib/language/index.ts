/**
 * The environment definition language: parse, check, open, rotate. Pure: every effect (loading an import,
 * decrypting, opening a provider) is a value passed in by the caller.
 */
export type * from './ast/definition'
export type * from './ast/expression'
export { type ParseResult, parseDefinition } from './definition'
export { containsPosition, describeAt, expressionAt } from './describe'
export type * from './eval/crypter'
export type * from './eval/environments'
export type * from './eval/evaluation'
export { Annotated, type ExternalValue, secret } from './eval/external'
export type * from './eval/options'
export * from './eval/providers'
export { checkDefinition, openDefinition, rotateDefinition, rotationPath } from './evaluate'
export { DEFAULT_LIMITS, type Limits } from './limits'
export { explainValue, type Origin } from './origin'
export * from './projection'
export { record, schema, schemaMap, tuple } from './schema/build'
export {
  ALWAYS,
  NEVER,
  type Schema,
  type SchemaMap,
  type SchemaRecord,
  type SchemaType,
} from './schema/schema'
export {
  type Diagnostic,
  type DiagnosticCode,
  hasErrors,
  type ProviderRefusal,
  type Severity,
} from './syntax/diagnostic'
export type * from './syntax/node'
export { joinIndex, joinKey, joinPropertyPath, type PropertyPath, parsePropertyPath } from './syntax/path'
export type { Position, Range } from './syntax/range'
export { type Json, JsonNumber, type JsonObject, jsonNumber, numberText } from './text/json'
export { stringifyJson } from './text/json-write'
