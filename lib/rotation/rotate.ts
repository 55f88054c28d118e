/**
 * Rotating secrets now (http-api.md §7). Rotators are called outside any transaction; every step that has an effect is
 * in the journal before it is taken, and the new states become one revision at the end.
 */
import type { Actor } from '@/lib/access/actor'
import { type EnvironmentPermission, requireEnvironment } from '@/lib/access/require'
import { database, withTransaction } from '@/lib/db'
import { decryptersFor } from '@/lib/environments/decrypters'
import { surroundings } from '@/lib/environments/evaluation'
import { importLoader } from '@/lib/environments/loader'
import { recordProviderEvents } from '@/lib/environments/provider-events'
import { type EnvironmentReference, qualifiedName } from '@/lib/environments/reference'
import { loadRevision } from '@/lib/environments/revision'
import { Failure, isFailure } from '@/lib/failure'
import {
  type Diagnostic,
  hasErrors,
  type ProviderRegistry,
  parsePropertyPath,
  type RotationEvaluation,
  rotateDefinition,
  rotationPath,
} from '@/lib/language'
import { providerRegistry } from '@/lib/providers/registry'
import { withJournal } from '@/lib/rotators/define'
import { findRotator } from '@/lib/rotators/registry'
import type { RotationSummary } from './history'
import { databaseJournal } from './journal'
import { beginRotation, keepLease, type RotationUnderWay } from './under-way'
import { endRotation, finishRotation } from './write-back'

export interface RotateRequest extends EnvironmentReference {
  /** Property paths below `values` of what to rotate; empty = everything that the environment declares. */
  paths: readonly string[]
  /** The schedule whose time has come. */
  scheduleId?: string | undefined
  signal?: AbortSignal | undefined
}

export interface RotateOptions {
  /** How long a process that dies keeps the next rotation waiting. */
  leaseMs?: number
  /** Stands in for the journal in the database. */
  journal?: typeof databaseJournal
}

export interface Rotated {
  event: RotationSummary
  /** What the evaluation found besides. */
  diagnostics: readonly Diagnostic[]
}

const defaultLeaseMs = 60_000

/**
 * Rotates the selected secrets, each by itself: some may succeed and others fail, which the event tells by path.
 *
 * @throws Failure `not_found`, `forbidden`, `conflict` while another rotation is under way, `invalid` for a path that
 *   names no rotated secret, `diagnostics` when nothing could be rotated
 */
export async function rotateEnvironment(
  actor: Actor,
  request: RotateRequest,
  { leaseMs = defaultLeaseMs, journal = databaseJournal }: RotateOptions = {},
): Promise<Rotated> {
  requirePaths(request.paths)
  const permission = await requireEnvironment(database(), actor, { ...request, scope: 'environment:rotate' })
  const { environment } = permission
  const rotation = await beginRotation(actor, environment, { scheduleId: request.scheduleId, leaseMs })
  const endLease = keepLease(rotation, leaseMs)
  try {
    const evaluation = await evaluate(actor, { permission, rotation, request, journal })
    const { organizationId } = rotation
    await withTransaction((tx) => recordProviderEvents(tx, { actor, organizationId, evaluation }))
    const missing = requireRotations(evaluation, request)
    const { rotations, diagnostics } = evaluation
    const event = await finishRotation(actor, { environment, rotation, rotations, missing })
    return { event, diagnostics }
  } catch (error) {
    const errorMessage = isFailure(error) ? error.message : 'the rotation could not be carried out'
    // The refusal matters more than its record.
    await withTransaction((tx) =>
      endRotation(tx, actor, { environment, rotation, results: [], errorMessage }),
    ).catch(() => undefined)
    throw error
  } finally {
    endLease()
  }
}

function requirePaths(paths: readonly string[]): void {
  const faulty = paths.find((path) => !parsePropertyPath(path).ok)
  if (faulty !== undefined) {
    throw new Failure('invalid', 'Bad Request: invalid property path', { field: 'paths' })
  }
}

interface Work {
  permission: EnvironmentPermission
  rotation: RotationUnderWay
  request: RotateRequest
  journal: typeof databaseJournal
}

async function evaluate(
  actor: Actor,
  { permission, rotation, request, journal }: Work,
): Promise<RotationEvaluation> {
  const { environment } = permission
  const { definition } = await loadRevision(database(), environment, rotation.preRevision)
  const decrypters = decryptersFor(permission)
  const { paths, signal } = request
  return rotateDefinition({
    ...surroundings(actor, permission),
    providers: journaled(rotation, journal),
    name: qualifiedName(environment),
    definition,
    revision: rotation.preRevision,
    loader: importLoader({ standing: permission, scope: 'environment:open', decrypters }),
    decrypter: decrypters.of(environment.id),
    ...(paths.length > 0 && { paths }),
    ...(signal && { signal }),
  })
}

function journaled(rotation: RotationUnderWay, journal: typeof databaseJournal): ProviderRegistry {
  return {
    provider: (name) => providerRegistry.provider(name),
    rotator: (name) => {
      const rotator = findRotator(name)
      return rotator && withJournal(rotator, ({ path }) => journal(rotation, { path, rotator: name }))
    },
  }
}

/**
 * @returns the paths that name no rotated secret
 * @throws Failure `diagnostics`, `invalid`
 */
function requireRotations(
  { rotations, diagnostics }: RotationEvaluation,
  { paths, scheduleId }: RotateRequest,
): readonly string[] {
  const reached = rotations.filter(({ status }) => status !== 'not-evaluated')
  if (reached.length === 0 && hasErrors(diagnostics)) {
    throw new Failure('diagnostics', 'Bad Request: the environment could not be rotated', {
      diagnostics: [...diagnostics],
    })
  }
  const selected = new Set(rotations.map(({ path }) => path))
  const missing = paths.filter((path) => !selected.has(rotationPath(path)))
  // A schedule of the whole environment may be there before its first rotated secret is.
  const waits = scheduleId !== undefined && paths.length === 0
  if (rotations.length > 0 || waits) return missing
  const message = paths.length > 0 ? `no rotated secret at ${missing.join(', ')}` : 'no rotated secrets'
  throw new Failure('invalid', `Bad Request: the environment has ${message}`, { field: 'paths' })
}
