/** Deleting an environment: it disappears at once and can be restored for thirty days. */
import type { Actor } from '@/lib/access/actor'
import { environmentNotFound, requireEnvironment } from '@/lib/access/require'
import { withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import { authorOf } from './author'
import { lockEnvironment } from './lock'
import { deletionProtected } from './protection'
import { record } from './record'
import { type EnvironmentReference, qualifiedName } from './reference'

/**
 * Also while other environments import it; open sessions end.
 *
 * @throws Failure `protected`, `not_found`, `forbidden`
 */
export async function deleteEnvironment(actor: Actor, reference: EnvironmentReference): Promise<void> {
  await withTransaction(async (tx) => {
    const { environment } = await requireEnvironment(tx, actor, { ...reference, scope: 'environment:delete' })
    const locked = await lockEnvironment(tx, environment)
    if (!locked) throw environmentNotFound()
    if (locked.deletionProtected) {
      const fullName = `${reference.organization}/${qualifiedName(reference)}`
      throw new Failure('protected', deletionProtected(fullName))
    }
    await tx.environment.update({
      where: { id: environment.id, organizationId: environment.organizationId },
      data: { deletedAt: new Date(), deletedById: authorOf(actor).id },
    })
    await tx.openSession.deleteMany({
      where: { environmentId: environment.id, organizationId: environment.organizationId },
    })
    await record(tx, { actor, environment, event: 'environment-deleted', did: 'Deleted the environment' })
  })
}
