/** Answers the imports of an evaluation: what a name means, and whether this actor may use it. */
import { isHeldBack, may } from '@/lib/access/authorize'
import { environmentFinder, type FindEnvironment } from '@/lib/access/environment-finder'
import type { EnvironmentFacts } from '@/lib/access/grants'
import { startAccess } from '@/lib/access/open-access'
import type { EnvironmentScope } from '@/lib/access/scopes'
import type { Standing } from '@/lib/access/standing'
import { database } from '@/lib/db'
import { isFailure } from '@/lib/failure'
import type { Environment } from '@/lib/generated/prisma/client'
import type { Loader, LoadResult } from '@/lib/language'
import type { Decrypters } from './decrypters'
import { cachedDefinition, parseCached } from './definition-cache'
import { type ImportName, parseImportName } from './reference'
import { type ResolvedRevision, resolveVersion } from './revision'
import { revisionText } from './revision-texts'

export interface ImportRules {
  standing: Standing
  /** What the actor must be allowed to do with every import: reading to check, opening to open. */
  scope: 'environment:read' | 'environment:open'
  /** Absent = no secret of an import is opened. Present = those of imports that the actor may open are. */
  decrypters?: Decrypters | undefined
  /** Told how many seconds what an import gives may live, where the actor's grants on it say so. */
  limited?: ((seconds: number) => void) | undefined
}

export function importLoader(rules: ImportRules): Loader {
  const find = environmentFinder(database(), rules.standing)
  return {
    async load(name) {
      const imported = parseImportName(name)
      if (imported === undefined)
        return refusal(
          'invalid',
          'an import is named environment, project/environment or project/environment@version',
        )
      try {
        return await loadImport({ ...rules, find }, name, imported)
      } catch (error) {
        if (isFailure(error)) return refusal(error.code, `"${name}" has no such revision`)
        throw error
      }
    },
  }
}

interface Loading extends ImportRules {
  find: FindEnvironment
}

async function loadImport(rules: Loading, name: string, imported: ImportName): Promise<LoadResult> {
  const { decrypters } = rules
  const { grants } = rules.standing
  const found = await rules.find(imported)
  if (!found || !may(grants, 'environment:list', found.facts).allowed) {
    return refusal('not_found', `environment "${name}" was not found`)
  }
  const { environment, facts } = found
  for (const scope of scopesFor(rules.scope, imported)) {
    const decision = may(grants, scope, facts)
    if (!decision.allowed) return refuseImport(name, scope, facts)
    if (decision.maxOpenDurationSeconds !== undefined) rules.limited?.(decision.maxOpenDurationSeconds)
  }
  const resolved = await resolveVersion(database(), environment, imported.version)
  const opens = decrypters !== undefined && may(grants, 'environment:open', facts).allowed
  if (opens) await startAccess(database(), grants, [environment.id])
  return {
    name,
    definition: await definitionOf(environment, resolved, name),
    revision: resolved.number,
    ...retractionWarning(name, resolved),
    identity: environment.id,
    ...(opens && { decrypter: decrypters.of(environment.id) }),
  }
}

function retractionWarning(name: string, { number, insteadOf }: ResolvedRevision): { warning?: string } {
  if (insteadOf === undefined) return {}
  return { warning: `"${name}": revision ${insteadOf} is retracted; revision ${number} is used in its place` }
}

function scopesFor(scope: ImportRules['scope'], { version }: ImportName): EnvironmentScope[] {
  if (version === undefined) return [scope]
  return [scope, scope === 'environment:open' ? 'environment_version:open' : 'environment_version:read']
}

async function definitionOf(environment: Environment, { number }: ResolvedRevision, name: string) {
  const key = { environmentId: environment.id, revision: number, name }
  const known = cachedDefinition(key)
  if (known !== undefined) return known
  const { definition } = await revisionText(environment, number)
  return parseCached(key, definition)
}

function refuseImport(name: string, missing: EnvironmentScope, facts: EnvironmentFacts): LoadResult {
  return isHeldBack(missing, facts)
    ? refusal('approval_needed', `opening "${name}" needs approval`)
    : refusal('forbidden', `no permission ${missing} on "${name}"`)
}

function refusal(code: string, message: string): LoadResult {
  return { refusal: { code, message } }
}
