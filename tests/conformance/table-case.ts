import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Accessor, joinKey } from '@/lib/language'
import { parseInterpolation } from '@/lib/language/ast/interpolation'
import { Expr, NOWHERE } from '@/lib/language/eval/expr'
import { toText } from '@/lib/language/eval/to-text'
import { Value } from '@/lib/language/eval/value'
import type { StringNode } from '@/lib/language/syntax/node'
import { JsonNumber } from '@/lib/language/text/json'
import { editDistance, nearest, sortByDistance } from '@/lib/language/text/spelling'
import { expectSame } from './compare'
import { asList, asRecord, Num, parse } from './json'
import { expectEditSteps, expectPatchSecrets } from './writers'

/** `tables/*.json`: small functions, one table each. */
export function runTables(folder: string): void {
  const read = (name: string) => asRecord(parse(readFileSync(join(folder, `${name}.json`), 'utf8')))
  const cases = (name: string) => asList(read(name).cases).map(asRecord)
  for (const entry of cases('interpolation-errors')) expectInterpolation(entry)
  for (const entry of cases('interpolation-escapes')) expectInterpolation(entry)
  for (const { root, key, want } of cases('path-join')) {
    expectSame(`join ${root} ${key}`, joinKey(String(root), String(key)), want)
  }
  expectSpelling(read('spelling'))
  for (const entry of cases('to-string')) expectToString(entry)
  expectPatchSecrets(cases('patch-secrets'))
  expectEditSteps(cases('yaml-edit-steps'))
}

function expectInterpolation({ text, parts }: ReturnType<typeof asRecord>): void {
  const source = String(text)
  const position = { line: 1, column: 1, byte: 0 }
  const node: StringNode = {
    kind: 'string',
    style: 'plain',
    tagged: false,
    text: source,
    value: source,
    range: { environment: 'table', begin: position, end: position },
    span: undefined,
    path: '',
  }
  const found = parseInterpolation(node, () => {}).map((part) => ({
    text: part.text,
    ...(part.access && { access: part.access.accessors.map(accessor) }),
  }))
  expectSame(`interpolation ${source}`, found, parts)
}

function accessor(step: Accessor): object {
  const range = [step.extent.from, step.extent.to]
  if (step.kind === 'name') return { name: step.name, range }
  return { subscript: step.kind === 'key' ? step.name : Number(step.index), range }
}

function expectSpelling(table: ReturnType<typeof asRecord>): void {
  for (const { a, b, want } of asList(table.editDistance).map(asRecord)) {
    expectSame(`distance ${a} ${b}`, editDistance(String(a), String(b)), want)
  }
  for (const { words, to, want } of asList(table.nearest).map(asRecord)) {
    expectSame(`nearest ${to}`, nearest(String(to), asList(words).map(String)), want)
  }
  for (const { words, to, want } of asList(table.sort).map(asRecord)) {
    expectSame(`sort ${to}`, sortByDistance(asList(words).map(String), String(to)), want)
  }
}

function expectToString({ value, string, unknown, secret }: ReturnType<typeof asRecord>): void {
  const found = toText(toValue(asRecord(value)), { spendOutput: () => {} })
  expectSame(`toString ${string}`, found, { text: string, unknown, secret })
}

function toValue(exported: ReturnType<typeof asRecord>): Value {
  const def = new Expr({ place: NOWHERE }, { kind: 'missing' })
  const { value, unknown, secret } = exported
  return new Value(def, { repr: toRepr(value), unknown: unknown === true, secret: secret === true })
}

function toRepr(value: unknown): Value['repr'] {
  if (value instanceof Num) return new JsonNumber(value.text)
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map((item) => toValue(asRecord(item)))
  if (typeof value !== 'object' || value === null) return null
  return new Map(Object.entries(value).map(([key, item]) => [key, toValue(asRecord(item))]))
}
