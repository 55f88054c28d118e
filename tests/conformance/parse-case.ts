import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Accessor, type Definition, type Expression, jsonNumber, parseDefinition } from '@/lib/language'
import { expectDiagnostics, expectSame, wireRange } from './compare'
import { asRecord, parse } from './json'

/** `parse/<case>`: decode and parse, nothing evaluated. */
export function runParseCase(folder: string): void {
  const expected = asRecord(parse(readFileSync(join(folder, 'expected.json'), 'utf8')))
  const source = readFileSync(join(folder, 'env.yaml'))
  const { definition, diagnostics } = parseDefinition(source, { environment: basename(folder) })
  expectDiagnostics('diags', diagnostics, expected.diags)
  expectSame('decl', definition && document(definition), expected.decl)
}

function document({ description, imports, values }: Definition): object {
  return {
    Description: optional(description),
    Imports: imports === undefined ? null : { Elements: imports.elements?.map(importElement) ?? null },
    Values: values === undefined ? null : { Entries: values.entries?.map(entry) ?? null },
  }
}

type ImportElement = NonNullable<NonNullable<Definition['imports']>['elements']>[number]

function importElement({ name, options }: ImportElement): object {
  const merge = options?.merge && { Value: options.merge.value }
  return { Environment: optional(name), Meta: options === undefined ? null : { Merge: merge ?? null } }
}

function entry({ key, value }: { readonly key: Expression | undefined; readonly value: Expression }): object {
  return { Key: optional(key), Value: shape(value) }
}

function optional(expression: Expression | undefined): object | null {
  return expression === undefined ? null : shape(expression)
}

function shape(expression: Expression): object {
  switch (expression.kind) {
    case 'null':
      return {}
    case 'boolean':
    case 'string':
      return { Value: expression.value }
    case 'number':
      return { Value: jsonNumber(expression.value) }
    case 'symbol':
      return { Property: access(expression.access) }
    case 'interpolation':
      return {
        Parts: expression.parts.map((part) => ({
          Text: part.text,
          Value: part.access ? access(part.access) : null,
        })),
      }
    case 'array':
      return { Elements: expression.elements.map(shape) }
    case 'object':
      return { Entries: expression.entries.map(entry) }
    case 'call':
      return call(expression)
  }
}

function access({ accessors }: { readonly accessors: readonly Accessor[] }): object {
  return { Accessors: accessors.map(accessor) }
}

function accessor(step: Accessor): object {
  const AccessorRange = wireRange(step.range)
  if (step.kind === 'name') return { Name: step.name, AccessorRange }
  return { Index: step.kind === 'key' ? step.name : jsonNumber(String(step.index)), AccessorRange }
}

/** The names that the data uses for the parts of a call. */
const PARTS: { readonly [name: string]: readonly string[] } = {
  'fn::open': ['provider', 'inputs'],
  'fn::rotate': ['provider', 'inputs', 'state'],
  'fn::join': ['delimiter', 'values'],
  'fn::split': ['delimiter', 'string'],
  'fn::concat': ['arrays'],
  'fn::secret': ['plaintext', 'ciphertext'],
  'fn::validate': ['schema', 'value'],
}

function call(expression: Expression & { readonly kind: 'call' }): object {
  const ofString = ['fn::fromJSON', 'fn::fromBase64'].includes(expression.function)
  const names = PARTS[expression.function]
  if (names === undefined) return { [ofString ? 'String' : 'Value']: optional(expression.parts.value) }
  return Object.fromEntries(
    names.map((name) => [name.charAt(0).toUpperCase() + name.slice(1), optional(expression.parts[name])]),
  )
}
