/**
 * Refusals on their way to the door that answers them. The transaction that decided is rolled back by its refusal, so the
 * door records it (console.md §14, `auth-failure-…`): only there it is known that somebody was refused, and not that a
 * page merely asked what it may show.
 */
import { appendAudit, recordUnlessLately } from '@/lib/audit'
import { withStatements } from '@/lib/db'
import { type Failure, isFailure } from '@/lib/failure'
import type { Actor } from './actor'
import type { Grant } from './grants'

interface Asker {
  actor: Actor
  organizationId: string
}

/** What was refused; with neither, something of the organization. */
export interface RefusedThing {
  environment?: { id: string; project: string; name: string }
  changeRequest?: string
}

interface Refused extends Asker, RefusedThing {}

const askers = new WeakMap<readonly Grant[], Asker>()
const refusals = new WeakMap<Failure, Refused>()

/** Remembers whose grants these are. Who has no credential does not ask, but is judged in somebody else's request. */
export function holds(asker: Asker, grants: Grant[]): Grant[] {
  if (asker.actor.credential.id !== '') askers.set(grants, asker)
  return grants
}

/** Notes on a refusal who was refused what; the innermost decision about it may be put more exactly further out. */
export function refusing(failure: Failure, grants: readonly Grant[], thing: RefusedThing = {}): Failure {
  const asker = askers.get(grants)
  if (asker !== undefined) refusals.set(failure, { ...asker, ...thing })
  return failure
}

/** For a refusal that has a record of its own. */
export function isRecorded(failure: Failure): void {
  refusals.delete(failure)
}

/** Whatever a door is about to answer with; all but noted refusals are left alone. */
export async function recordRefusal(error: unknown): Promise<void> {
  if (!isFailure(error)) return
  const refused = refusals.get(error)
  if (refused === undefined) return
  refusals.delete(error)
  const { actor, organizationId, environment, changeRequest } = refused
  const { scope = error.code } = error.details
  const kind = kindOf(refused)
  const words = [kind, organizationId, actor.credential.id, actor.address, environment?.id ?? '', scope]
  await recordUnlessLately([...words, changeRequest ?? ''], () =>
    withStatements((tx) =>
      appendAudit(tx, {
        actor,
        organizationId,
        event: `auth-failure-${kind}`,
        description: `Was refused: ${error.message}`,
        ...(environment && {
          environment: { id: environment.id, name: `${environment.project}/${environment.name}` },
        }),
        data: { scope, ...(changeRequest !== undefined && { changeRequest }) },
      }),
    ),
  )
}

function kindOf({ environment, changeRequest }: RefusedThing): string {
  if (changeRequest !== undefined) return 'change-request'
  return environment ? 'environment' : 'organization-role'
}
