import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  checkDefinition,
  describeAt,
  type EvaluatedEnvironment,
  type ExportedExpr,
  expressionAt,
  type ProviderRegistry,
} from '@/lib/language'
import { readSchema } from '@/lib/language/schema/read'
import { readJson } from '@/lib/language/text/json-read'
import { expectDiagnostics, expectSame, Mismatch } from './compare'
import { asList, asRecord, parse } from './json'

interface Place {
  readonly line: number
  readonly column: number
}

/** `analysis/`: which expression is at a place, and what there is to say about it. */
export async function runAnalysisCase(folder: string): Promise<void> {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const providers = testProvider(read('provider-test.inputs.json'))
  const checked = await check('def', read('def.yaml'), { folder, providers })
  expectSame('nothing at the beginning', expressionAt(checked, { line: 0, column: 0, byte: 0 }), undefined)
  const places: Place[] = []
  for (const expr of Object.values(checked.exprs ?? {})) visit(expr, checked, places)
  expectDescriptions(checked, places, asRecord(parse(read('describe.json'))))
  const open = asRecord(parse(read('describe-open.json')))
  const inline = await check(String(open.environment), String(open.source), { folder, providers })
  expectDescriptions(inline, [], open)
}

function testProvider(inputs: string): ProviderRegistry {
  const json = readJson(inputs)
  const schema = json.ok ? readSchema(json.value) : json
  if (!('schema' in schema)) throw new Mismatch('the input schema cannot be read')
  const open = () => ({ output: null })
  return {
    provider: (name) =>
      name === 'test' ? { name, schema: () => ({ inputs: schema.schema, outputs: true }), open } : undefined,
    rotator: () => undefined,
  }
}

async function check(
  name: string,
  definition: string,
  { folder, providers }: { readonly folder: string; readonly providers: ProviderRegistry },
): Promise<EvaluatedEnvironment> {
  const { environment, diagnostics } = await checkDefinition({
    name,
    definition,
    providers,
    loader: {
      load: (wanted) => {
        if (wanted !== 'a') return { refusal: { code: 'not-found', message: 'not found' } }
        return { name: wanted, definition: readFileSync(join(folder, 'a.yaml'), 'utf8') }
      },
    },
  })
  expectDiagnostics('diagnostics', diagnostics, [])
  if (environment === undefined) throw new Mismatch('nothing was checked')
  return environment
}

/** Every expression is found at its beginning; collects all places that may have a description. */
function visit(expr: ExportedExpr, environment: EvaluatedEnvironment, places: Place[]): void {
  const { begin } = expr.range
  if (begin.line > 0) {
    if (expressionAt(environment, { ...begin, byte: 0 }) !== expr) {
      throw new Mismatch(`the expression at ${begin.line}:${begin.column} is not found`)
    }
    places.push(begin)
  }
  for (const range of Object.values(expr.keyRanges ?? {})) places.push(range.begin)
  if (expr.builtin !== undefined) places.push(expr.builtin.nameRange.begin)
  const children = [...(expr.list ?? []), ...Object.values(expr.object ?? {})]
  if (expr.builtin !== undefined) children.push(expr.builtin.arg)
  for (const child of children) visit(child, environment, places)
}

function expectDescriptions(
  environment: EvaluatedEnvironment,
  places: readonly Place[],
  table: ReturnType<typeof asRecord>,
): void {
  const expected = new Map(
    asList(table.positions)
      .map(asRecord)
      .map((entry) => [placeKey(entry), String(entry.description)]),
  )
  const all = [
    ...places.map((place) => ({ line: place.line, column: place.column })),
    ...[...expected.keys()].map(readPlace),
  ]
  for (const place of all) {
    const key = `${place.line}:${place.column}`
    expectSame(
      `description at ${key}`,
      describeAt(environment, { ...place, byte: 0 }) ?? null,
      expected.get(key) ?? null,
    )
  }
}

function placeKey({ line, column }: ReturnType<typeof asRecord>): string {
  const text = (value: unknown) =>
    typeof value === 'object' && value !== null && 'text' in value ? value.text : value
  return `${text(line)}:${text(column)}`
}

function readPlace(key: string): Place {
  const [line = 0, column = 0] = key.split(':').map(Number)
  return { line, column }
}
