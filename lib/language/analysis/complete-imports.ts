import type { Request, Suggestion } from './suggestion'
import type { EnvironmentInfo } from './types'

/** Names of environments in `imports`, versions behind `@`, and the options of an import. */
export function completeImport(request: Request): Suggestion[] {
  const { cursor } = request
  const depth = cursor.path.length
  if (depth === 2) return environmentNames(request)
  if (depth === 3 && cursor.place === 'key') {
    return [
      {
        label: 'merge',
        kind: 'key',
        insertText: 'merge: ',
        description: 'Whether its values are merged; true unless said.',
        again: true,
      },
    ]
  }
  if (cursor.path[3] === 'merge')
    return ['true', 'false'].map((label) => ({ label, kind: 'value', insertText: label }))
  return []
}

function environmentNames({ cursor, context, scope }: Request): Suggestion[] {
  const [name = ''] = cursor.prefix.split('@')
  if (cursor.prefix.includes('@')) {
    const environment = context.environments.find((candidate) => candidate.name === name)
    return environment === undefined ? [] : versionsOf(environment)
  }
  const imported = new Set(scope.outline.imports.map((item) => item.name))
  return context.environments
    .filter((environment) => environment.name !== context.environment && !imported.has(environment.name))
    .map((environment) => suggestName(environment, environment.name))
}

function versionsOf(environment: EnvironmentInfo): Suggestion[] {
  return (environment.versions ?? []).map((version) =>
    suggestName(environment, `${environment.name}@${version}`),
  )
}

function suggestName({ description }: EnvironmentInfo, name: string): Suggestion {
  return {
    label: name,
    kind: 'environment',
    insertText: name,
    ...(description === undefined ? {} : { description }),
  }
}
