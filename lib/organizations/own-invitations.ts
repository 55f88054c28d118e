/** Invitations as the invited person finds them without a link: by the address that is known to be theirs. */
import type { Actor } from '@/lib/access/actor'
import { requirePerson } from '@/lib/access/person'
import { database, type Transaction, withTransaction } from '@/lib/db'
import { enter, type InvitationSummary, invitationNotFound, summary, withRole } from './invitations'

export interface OwnInvitation extends InvitationSummary {
  organization: string
}

/** Only what can still be accepted, the newest first. @throws Failure `forbidden` for tokens of nobody */
export async function listOwnInvitations(actor: Actor): Promise<OwnInvitation[]> {
  const { id } = requirePerson(actor)
  const address = await provenAddress(database(), id)
  if (address === undefined) return []
  const rows = await database().invitation.findMany({
    where: { emailKey: address, acceptedAt: null, canceledAt: null, expiresAt: { gt: new Date() } },
    include: withRole,
    orderBy: { createdAt: 'desc' },
    take: 100,
  })
  return rows.map((row) => ({ ...summary(row), organization: row.organization.name }))
}

/**
 * Makes the actor a member. Nothing shows that the mail reached them, so their address must have been proven before.
 *
 * @throws Failure `not_found` also for invitations of others, `conflict` for members
 */
export async function acceptOwnInvitation(
  actor: Actor,
  { organization, id }: { organization: string; id: string },
): Promise<void> {
  const person = requirePerson(actor)
  await withTransaction(async (tx) => {
    const address = await provenAddress(tx, person.id)
    if (address === undefined) throw invitationNotFound()
    const found = await tx.invitation.findFirst({
      where: { id, emailKey: address, organization: { nameKey: organization.toLowerCase() } },
    })
    if (!found) throw invitationNotFound()
    await enter(tx, actor, { found, personId: person.id })
  })
}

async function provenAddress(tx: Transaction, personId: string): Promise<string | undefined> {
  const { emailKey, emailVerifiedAt } = await tx.person.findUniqueOrThrow({ where: { id: personId } })
  return emailVerifiedAt === null || emailKey === '' ? undefined : emailKey
}
