import type { ExportedValue, JsonNumber } from '@/lib/language'
import { jsonNumber, parsePropertyPath } from '@/lib/language'
import {
  applyPatches,
  deleteNode,
  emitReference,
  parseReference,
  patchNode,
  type ReferenceNode,
  rootOf,
  setNode,
} from '@/lib/language/edit/reference'
import { decodeYaml } from '@/lib/language/syntax/decode'
import type { SyntaxNode } from '@/lib/language/syntax/node'
import { expectSame, Mismatch } from './compare'
import { asList, asRecord, type JsonRecord, Num } from './json'

/** The exact writers of spec §17–20, as the cases use them. */
export { applyPatches }

const INDENT = 4

function pathOf(text: string): (string | number)[] {
  const parsed = parsePropertyPath(text)
  if (!parsed.ok) throw new Mismatch(`${text}: ${parsed.message}`)
  return [...parsed.path]
}

/** Sets or, for null, deletes a path. */
export function edit(root: ReferenceNode, path: string, value: ReferenceNode | undefined): void {
  const problem = value === undefined ? deleteNode(root, pathOf(path)) : setNode(root, pathOf(path), value)
  if (problem !== undefined) throw new Mismatch(problem)
}

/** `tables/yaml-edit-steps.json`. */
export function expectEditSteps(cases: readonly JsonRecord[]): void {
  for (const { doc, steps } of cases) {
    const root = rootOf(parseReference(String(doc)))
    for (const step of asList(steps).map(asRecord)) {
      const value = step.set === undefined ? undefined : parseReference(JSON.stringify(step.to)).root
      edit(root, String(step.set ?? step.delete), value)
      expectSame('step', emitReference({ root, head: '', foot: '' }, { indent: INDENT }), step.want)
    }
  }
}

/** `tables/patch-secrets.json`. */
export function expectPatchSecrets(cases: readonly JsonRecord[]): void {
  for (const { value, want } of cases) {
    const root = patchNode(exportedValue(asRecord(value)))
    const text = emitReference({ root, head: '', foot: '' }, { indent: INDENT })
    const decoded = decodeYaml(text, { environment: 'patch' }).root
    expectSame('patch', decoded && plain(decoded), want)
  }
}

const NOWHERE = { begin: { line: 0, column: 0, byte: 0 }, end: { line: 0, column: 0, byte: 0 } }

function exportedValue({ value, secret }: JsonRecord): ExportedValue {
  const content = exportedContent(value)
  return {
    ...(content !== undefined && { value: content }),
    ...(secret === true && { secret: true }),
    trace: { def: NOWHERE },
  }
}

function exportedContent(value: unknown): ExportedValue['value'] {
  if (value === undefined || value === null) return undefined
  if (value instanceof Num) return jsonNumber(value.text)
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map((item) => exportedValue(asRecord(item)))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, exportedValue(asRecord(item))]))
}

type Plain =
  | null
  | boolean
  | string
  | number
  | JsonNumber
  | readonly Plain[]
  | { readonly [key: string]: Plain }

function plain(node: SyntaxNode): Plain {
  switch (node.kind) {
    case 'null':
      return null
    case 'number':
      return jsonNumber(node.value)
    case 'array':
      return node.elements.map(plain)
    case 'object':
      return Object.fromEntries(node.entries.map(({ name, value }) => [name, plain(value)]))
    default:
      return node.value
  }
}
