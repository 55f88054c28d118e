import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { readSource, type Source } from './source'
import { isOutside, languagePackages, mayReadEnvironment, roomOf, rooms } from './table'

export type Rule =
  | 'language-stands-alone'
  | 'language-is-pure'
  | 'imports-go-down'
  | 'database-behind-use-cases'
  | 'alias-across-rooms'
  | 'environment-in-configuration'

export interface Violation {
  rule: Rule
  path: string
  line: number
  message: string
}

/** Judges one file; `path` is relative to the project's root, with slashes. */
export function checkFile(path: string, text: string): Violation[] {
  const source = readSource(path, text)
  return [...checkEnvironment(path, source), ...(isOutside(path) ? [] : checkImports(path, source))]
}

function checkEnvironment(path: string, { environmentReads }: Source): Violation[] {
  if (mayReadEnvironment(path)) return []
  const message = 'reads the process environment; lib/config.ts is the one place that does'
  return environmentReads.map(({ line }) => ({ rule: 'environment-in-configuration', path, line, message }))
}

function checkImports(path: string, { imports }: Source): Violation[] {
  const room = roomOf(path)
  if (room === undefined) {
    return [{ rule: 'imports-go-down', path, line: 1, message: 'belongs to no room of tests/lint/table.ts' }]
  }
  return imports.flatMap(({ specifier, line }) => {
    const target = resolve(path, specifier)
    const fault = target === undefined ? packageFault(room, specifier) : roomFault(room, target, specifier)
    return fault ? [{ ...fault, path, line }] : []
  })
}

type Fault = Pick<Violation, 'rule' | 'message'>

/** The imported path from the root, or undefined for a package. */
function resolve(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('@/')) return posix.normalize(specifier.slice(2))
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined
}

function packageFault(room: string, specifier: string): Fault | undefined {
  if (room !== 'lib/language') return undefined
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  if (languagePackages.includes(name)) return undefined
  const kind = specifier.startsWith('node:') || builtinModules.includes(name) ? 'Node' : 'a package'
  return { rule: 'language-is-pure', message: `imports ${specifier} from ${kind}; it must run anywhere` }
}

function roomFault(room: string, target: string, specifier: string): Fault | undefined {
  const into = isOutside(target) ? undefined : roomOf(target)
  if (into === room) return undefined
  if (into === undefined || !rooms[room]?.imports.includes(into)) {
    return { rule: directionRule(room, into), message: `${room} imports ${target}, which is not below it` }
  }
  if (specifier.startsWith('@/')) return undefined
  return { rule: 'alias-across-rooms', message: `reaches ${target} by ${specifier}; write @/${target}` }
}

function directionRule(room: string, into: string | undefined): Rule {
  if (room === 'lib/language') return 'language-stands-alone'
  return into === 'lib/db' || into === 'lib/generated' ? 'database-behind-use-cases' : 'imports-go-down'
}
