/** What a definition refers to by name: the other end of "used by". */
import type { Accessor, Definition, Expression } from '@/lib/language'
import { key } from '@/lib/organizations/names'
import { type ImportName, parseImportName } from './reference'

/** @returns canonical names, each once */
export function referencesOf(definition: Definition | undefined): ImportName[] {
  const names = [
    ...(definition?.imports?.elements ?? []).map((element) => element.name?.value ?? ''),
    ...(definition?.values?.entries ?? []).flatMap(({ value }) => inlineReferences(value)),
  ]
  const found = new Map<string, ImportName>()
  for (const text of names) {
    const parsed = parseImportName(text)
    if (parsed === undefined) continue
    const reference = { ...parsed, project: key(parsed.project), name: key(parsed.name) }
    found.set(`${reference.project}/${reference.name}@${reference.version ?? ''}`, reference)
  }
  return [...found.values()]
}

/** `${environments.project.name…}` anywhere in an expression, as `project/name`. */
function inlineReferences(root: Expression): string[] {
  const names: string[] = []
  // A stack of its own: definitions may nest deeper than calls can.
  const pending: Expression[] = [root]
  for (let expression = pending.pop(); expression; expression = pending.pop()) {
    if (expression.kind === 'symbol') names.push(...environmentName(expression.access.accessors))
    if (expression.kind === 'interpolation') {
      names.push(...expression.parts.flatMap(({ access }) => environmentName(access?.accessors ?? [])))
    }
    if (expression.kind === 'array') pending.push(...expression.elements)
    if (expression.kind === 'object') pending.push(...expression.entries.map(({ value }) => value))
    if (expression.kind === 'call') pending.push(expression.argument)
  }
  return names
}

function environmentName([root, project, name]: readonly Accessor[]): string[] {
  const parts = [root, project, name].map((accessor) => (accessor && 'name' in accessor ? accessor.name : ''))
  return parts[0] === 'environments' && parts[1] && parts[2] ? [`${parts[1]}/${parts[2]}`] : []
}
