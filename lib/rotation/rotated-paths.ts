/** What of an environment rotates. */
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment } from '@/lib/access/require'
import { database } from '@/lib/db'
import { type EnvironmentReference, qualifiedName } from '@/lib/environments/reference'
import { loadRevision } from '@/lib/environments/revision'
import { type Expression, joinIndex, joinKey, parseDefinition } from '@/lib/language'

export interface RotatedPath {
  /** Property path below `values`. */
  path: string
  /** As the definition names it: `fn::rotate::password`. */
  rotator: string
}

/** In the newest revision, in its order. @throws Failure `not_found`, `forbidden` */
export async function listRotatedPaths(
  actor: Actor,
  reference: EnvironmentReference,
): Promise<RotatedPath[]> {
  const question = { ...reference, scope: 'environment:rotate_history' } as const
  const { environment } = await requireEnvironment(database(), actor, question)
  const { definition } = await loadRevision(database(), environment, environment.latestRevision)
  const parsed = parseDefinition(definition, { environment: qualifiedName(environment) }).definition
  return (parsed?.values?.entries ?? []).flatMap(({ key, value }) => rotationsIn(value, key?.value ?? ''))
}

function rotationsIn(root: Expression, rootPath: string): RotatedPath[] {
  const found: RotatedPath[] = []
  // A stack of its own: definitions may nest deeper than calls can.
  const pending: [Expression, string][] = [[root, rootPath]]
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [expression, path] = next
    if (expression.kind === 'call' && expression.function === 'fn::rotate') {
      found.push({ path, rotator: expression.name.value })
    }
    pending.push(...childrenOf(expression, path).reverse())
  }
  return found
}

function childrenOf(expression: Expression, path: string): [Expression, string][] {
  if (expression.kind === 'array') {
    return expression.elements.map((element, index) => [element, joinIndex(path, index)])
  }
  if (expression.kind !== 'object') return []
  return expression.entries.map(({ key, value }) => [value, joinKey(path, key?.value ?? '')])
}
