/** Reading a scenario file: a header in YAML, the expected standard output and the expected standard error. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { isMap, isScalar, isSeq, type Node, parseDocument, stringify } from 'yaml'
import * as z from 'zod'

const reference = z.object({
  environment: z.object({ project: z.string(), name: z.string(), revision: z.number() }).optional(),
  stack: z.object({ project: z.string(), stack: z.string(), version: z.number() }).optional(),
  'insights-account': z.object({ 'account-name': z.string() }).optional(),
})

/** What the state of an environment may say besides its definition; other shapes are definitions only. */
const state = z.object({
  tags: z.record(z.string(), z.string()).optional(),
  referrers: z.record(z.string(), z.array(reference)).optional(),
  revisions: z
    .array(
      z.object({
        tags: z.array(z.string()).optional(),
        retracted: z.object({ replacement: z.number(), reason: z.string() }).optional(),
      }),
    )
    .optional(),
})

export type Referrers = NonNullable<z.infer<typeof state>['referrers']>

const header = z.object({
  run: z.string(),
  error: z.string().optional(),
  parent: z.string().optional(),
  process: z
    .object({
      fs: z.record(z.string(), z.union([z.string(), z.instanceof(Uint8Array)])).optional(),
      environ: z.record(z.string(), z.string()).optional(),
      commands: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
})

export interface SeedRevision {
  readonly definition: string
  readonly tags: readonly string[]
  readonly retracted: { readonly replacement: number; readonly reason: string } | undefined
}

export interface SeedEnvironment {
  /** `org/project/env` */
  readonly path: string
  /** Revisions from number 2 on. */
  readonly revisions: readonly SeedRevision[]
  readonly tags: Readonly<Record<string, string>>
  readonly referrers: Referrers
}

export interface Scenario {
  readonly name: string
  readonly script: string
  readonly fails: boolean
  readonly parent: string | undefined
  readonly files: Readonly<Record<string, string | Uint8Array>>
  readonly variables: Readonly<Record<string, string>>
  readonly commands: Readonly<Record<string, string>>
  readonly environments: readonly SeedEnvironment[]
  readonly stdout: string
  readonly stderr: string
}

export function readScenario(path: string): Scenario {
  const [head = '', stdout = '', stderr = '', ...rest] = readFileSync(path, 'utf8').split('\n---\n')
  if (rest.length > 0) throw new Error(`${path} has more than three parts`)
  const document = parseDocument(head)
  const { run, error, parent, process } = header.parse(document.toJS())
  const environments = document.get('environments')
  return {
    name: basename(path, '.yaml'),
    script: run,
    fails: error !== undefined,
    parent,
    files: process?.fs ?? {},
    variables: process?.environ ?? {},
    commands: process?.commands ?? {},
    environments: isMap(environments)
      ? environments.items.map(({ key, value }) => readEnvironment(textOf(key), value as Node))
      : [],
    stdout,
    stderr,
  }
}

function readEnvironment(path: string, node: Node): SeedEnvironment {
  const described = state.safeParse(isMap(node) ? node.toJSON() : undefined)
  const { tags = {}, referrers = {}, revisions = [] } = described.success ? described.data : {}
  const list = isMap(node) ? node.get('revisions') : undefined
  const definitions = isSeq(list) && list.items.length > 0 ? list.items : undefined
  const stateOnly =
    isMap(node) && !definitions && (node.has('tags') || node.has('yaml') || node.has('referrers'))
  return {
    path,
    tags,
    referrers,
    revisions: definitions
      ? definitions.map((item, index) => ({
          definition: isMap(item) ? definitionText(item.get('yaml', true)) : '',
          tags: revisions[index]?.tags ?? [],
          retracted: revisions[index]?.retracted,
        }))
      : stateOnly
        ? []
        : [{ definition: definitionText(node), tags: [], retracted: undefined }],
  }
}

/** As the original harness writes it: four blanks per level, lists inside mappings indented too. */
function definitionText(node: unknown): string {
  const text = stringify(node, { indent: 4, indentSeq: true, lineWidth: 0, flowCollectionPadding: false })
  return text === '{}\n' ? '' : text
}

function textOf(node: unknown): string {
  return isScalar(node) ? String(node.value) : String(node)
}
