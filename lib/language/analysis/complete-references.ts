import { readAccess, writeAccessor } from '../edit/access'
import type { PropertyPath } from '../syntax/path'
import { notesOf, typeInWords } from './schema-view'
import type { Known } from './scope'
import type { Request, Suggestion } from './suggestion'

/** What can stand behind `${`: own and imported values, provider outputs, `imports`, `context`, `environments`. */
export function completeReference(request: Request): Suggestion[] {
  const { cursor } = request
  const access = readAccess(cursor.prefix)
  const names = namesBelow(request, access.before)
  const start = cursor.word[0] + access.lastStart
  return names.map((item) => ({
    kind: 'reference',
    ...item,
    insertText: writeAccessor(item.label, access.before.length === 0 ? 'first' : 'further'),
    span: [start, Math.max(cursor.word[1], start)],
  }))
}

type Name = Pick<Suggestion, 'label' | 'detail' | 'description' | 'deprecated'>

function namesBelow(request: Request, path: PropertyPath): Name[] {
  const { scope, context } = request
  const [head, second] = path
  if (path.length === 0) return [...valueNames(request, path), ...roots]
  if (head === 'imports' && path.length === 1)
    return scope.outline.imports.map(({ name }) => ({ label: name, detail: 'import' }))
  if (head === 'environments' && path.length <= 2) {
    const all = context.environments.map((environment) => environment.name.split('/'))
    const names =
      path.length === 1
        ? all.map(([project]) => project)
        : all.filter(([project]) => project === second).map(([, name]) => name)
    return [...new Set(names)].flatMap((label) => (label === undefined ? [] : [{ label }]))
  }
  if (head === 'context' && context.evaluation?.executionContext === undefined) return contextNames(path)
  return valueNames(request, path)
}

const roots: Name[] = [
  { label: 'imports', description: 'The imported environments, each by its name.' },
  { label: 'context', description: 'Who opens this environment, and which environment is opened.' },
  { label: 'environments', description: 'Any environment, by project and name, without importing it.' },
]

const executionContext: ReadonlyMap<string, readonly string[]> = new Map([
  ['', ['currentEnvironment', 'rootEnvironment', 'pulumi']],
  ['currentEnvironment', ['name']],
  ['rootEnvironment', ['name']],
  ['pulumi', ['user', 'organization']],
  ['pulumi.user', ['id', 'login']],
  ['pulumi.organization', ['login']],
])

function contextNames(path: PropertyPath): Name[] {
  return (executionContext.get(path.slice(1).join('.')) ?? []).map((label) => ({ label }))
}

function valueNames({ scope, cursor }: Request, path: PropertyPath): Name[] {
  // The entry being typed would only refer to itself.
  const own = cursor.path.slice(1)
  const self =
    own.length === path.length + 1 && path.every((element, at) => element === own[at])
      ? own.at(-1)
      : undefined
  return scope
    .members(path)
    .filter(({ name }) => name !== self && !name.startsWith('fn::'))
    .map(({ name, known }) => ({ label: name, ...notesOn(known) }))
}

function notesOn({ view, value }: Known): Omit<Name, 'label'> {
  if (view === undefined) return {}
  const { secret, ...notes } = notesOf(view)
  const type = typeInWords(view)
  return { detail: secret || value?.secret ? `secret ${type}` : type, ...notes }
}
