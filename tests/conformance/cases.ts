import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { runAnalysisCase } from './analysis-case'
import { runBenchCase } from './bench-case'
import { runEvalCase } from './eval-case'
import { runParseCase } from './parse-case'
import { runSchemaCase } from './schema-case'
import { runTables } from './table-case'
import { runCryptCase, runRotateWriteback, runYamlEditCase } from './writer-cases'
import { runYamlCase } from './yaml-case'

export interface Case {
  /** `eval/imports`, or the folder alone where it is one case. */
  readonly name: string
  run(): Promise<void> | void
}

type Runner = (folder: string) => Promise<void> | void

/** Folders in which every folder is a case. */
const GROUPS: { readonly [folder: string]: Runner } = {
  eval: runEvalCase,
  parse: runParseCase,
  yaml: runYamlCase,
  'yaml-edit': runYamlEditCase,
}

/** Folders that are one case each. */
const SINGLES: { readonly [folder: string]: Runner } = {
  analysis: runAnalysisCase,
  bench: runBenchCase,
  crypt: runCryptCase,
  'rotate-writeback': runRotateWriteback,
  schema: runSchemaCase,
  tables: runTables,
}

/** Every case of a conformance folder, in order of name. Parts that the folder lacks have no cases. */
export function findCases(root: string): readonly Case[] {
  const singles = Object.entries(SINGLES)
    .filter(([folder]) => existsSync(join(root, folder)))
    .map(([folder, runner]): Case => ({ name: folder, run: () => runner(join(root, folder)) }))
  const grouped = Object.entries(GROUPS).flatMap(([group, runner]) =>
    foldersIn(join(root, group)).map(
      (name): Case => ({ name: `${group}/${name}`, run: () => runner(join(root, group, name)) }),
    ),
  )
  return [...grouped, ...singles].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function foldersIn(path: string): string[] {
  if (!existsSync(path)) return []
  return readdirSync(path).filter((name) => statSync(join(path, name)).isDirectory())
}
