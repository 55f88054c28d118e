/** Access tokens that belong to a team or to the organization instead of a person. */
import type { Actor } from '@/lib/access/actor'
import { requireCovering } from '@/lib/access/covering'
import { type OrganizationPermission, requireOrganization } from '@/lib/access/require'
import type { OrganizationRole, OrganizationScope } from '@/lib/access/scopes'
import { hashTokenValue, newTokenValue, tokenHint } from '@/lib/access/token-value'
import { checkExpiry, requireNotOutliving } from '@/lib/access/tokens'
import { appendAudit } from '@/lib/audit'
import { database, type Prisma, type Transaction, uniqueViolation, withTransaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import { giftsOfChoice, type RoleChoice, roleColumns } from './members'
import { giftsOfTeamToken } from './team-gifts'
import { findTeam } from './teams'
import { requireTitle } from './titles'

export interface NewSharedToken {
  organization: string
  /** Unique among the shared tokens of the organization, those deleted long ago included. */
  name: string
  description?: string
  /** ISO 8601; absent = never. */
  expiresAt?: string
}

export interface SharedTokenSummary {
  id: string
  kind: 'team' | 'organization'
  name: string
  description: string
  hint: string
  createdAt: string
  createdBy: string
  expiresAt?: string
  lastUsedAt?: string
  team?: string
  role?: OrganizationRole
  customRole?: { id: string; name: string }
}

/** @throws Failure `invalid`, `conflict` for a name that was ever used, `forbidden` also for a team with more power */
export function createTeamToken(
  actor: Actor,
  input: NewSharedToken & { team: string },
): Promise<{ id: string; tokenValue: string }> {
  return creating(actor, input, {
    scope: 'team:create_token',
    event: 'team-token-created',
    owner: async (tx, { organization, grants }) => {
      const team = await findTeam(tx, organization.id, input.team)
      requireCovering(grants, await giftsOfTeamToken(tx, team))
      return { kind: 'team', teamId: team.id }
    },
  })
}

/** @throws Failure as {@link createTeamToken} */
export function createOrganizationToken(
  actor: Actor,
  input: NewSharedToken & RoleChoice,
): Promise<{ id: string; tokenValue: string }> {
  return creating(actor, input, {
    scope: 'org_token:create',
    event: 'organization-token-created',
    owner: async (tx, { organization, grants }) => {
      requireCovering(grants, await giftsOfChoice(tx, organization.id, input))
      const { role, roleId } = await roleColumns(tx, organization.id, input)
      return { kind: 'organization', ...(roleId === null ? { organizationRole: role } : { roleId }) }
    },
  })
}

const withOwner = { customRole: true } satisfies Prisma.AccessTokenInclude
type TokenRow = Prisma.AccessTokenGetPayload<{ include: typeof withOwner }>

/** The living tokens of the organization, or of one of its teams. */
export async function listSharedTokens(
  actor: Actor,
  { organization, team }: { organization: string; team?: string },
): Promise<SharedTokenSummary[]> {
  const scope = team === undefined ? 'org_token:read' : 'team:list_tokens'
  const permission = await requireOrganization(database(), actor, { organization, scope })
  const organizationId = permission.organization.id
  const teamId = team === undefined ? undefined : (await findTeam(database(), organizationId, team)).id
  const rows = await database().accessToken.findMany({
    where: {
      organizationId,
      revokedAt: null,
      issuerId: null,
      ...(teamId === undefined ? { kind: 'organization' } : { kind: 'team', teamId }),
    },
    include: withOwner,
    orderBy: { createdAt: 'desc' },
  })
  return withNames(rows)
}

/** Takes effect at the next request. @throws Failure `not_found` */
export async function revokeSharedToken(
  actor: Actor,
  { organization, team, id }: { organization: string; team?: string; id: string },
): Promise<void> {
  await withTransaction(async (tx) => {
    const scope = team === undefined ? 'org_token:delete' : 'team:delete_token'
    const permission = await requireOrganization(tx, actor, { organization, scope })
    const organizationId = permission.organization.id
    const teamId = team === undefined ? null : (await findTeam(tx, organizationId, team)).id
    const kind = team === undefined ? ('organization' as const) : ('team' as const)
    const [row] = await tx.accessToken.updateManyAndReturn({
      where: { id, organizationId, kind, teamId, revokedAt: null },
      data: { revokedAt: new Date() },
    })
    if (!row) throw new Failure('not_found', 'Not Found: token')
    await appendAudit(tx, {
      actor,
      organizationId,
      event: `${kind}-token-deleted`,
      description: `Revoked the token ${row.name}`,
      data: { tokenId: id, tokenName: row.name },
    })
  })
}

interface Creating {
  scope: OrganizationScope
  event: string
  owner(tx: Transaction, permission: OrganizationPermission): Promise<OwnerColumns>
}

type OwnerColumns = Pick<
  Prisma.AccessTokenUncheckedCreateInput,
  'kind' | 'teamId' | 'organizationRole' | 'roleId'
>

async function creating(actor: Actor, input: NewSharedToken, { scope, event, owner }: Creating) {
  requireTitle(input.name, 'name')
  if (input.name.length > 40) throw new Failure('invalid', 'Use at most 40 characters.', { field: 'name' })
  const expiresAt = checkExpiry(input.expiresAt)
  const tokenValue = newTokenValue()
  try {
    return await withTransaction(async (tx) => {
      const { organization } = input
      const permission = await requireOrganization(tx, actor, { organization, scope })
      await requireNotOutliving(tx, actor, expiresAt)
      const { id } = await tx.accessToken.create({
        data: {
          ...(await owner(tx, permission)),
          organizationId: permission.organization.id,
          name: input.name,
          description: (input.description ?? '').slice(0, 200),
          hash: hashTokenValue(tokenValue),
          hint: tokenHint(tokenValue),
          createdById: actor.principal.kind === 'operator' ? null : actor.principal.id,
          expiresAt: expiresAt ?? null,
        },
      })
      await appendAudit(tx, {
        actor,
        organizationId: permission.organization.id,
        event,
        description: `Created the token ${input.name}`,
        data: { tokenId: id, tokenName: input.name },
      })
      return { id, tokenValue }
    })
  } catch (error) {
    if (uniqueViolation(error) === undefined) throw error
    throw new Failure('conflict', 'A token of this name exists or existed.', { field: 'name' })
  }
}

async function withNames(rows: TokenRow[]): Promise<SharedTokenSummary[]> {
  const ids = rows.flatMap(({ createdById }) => createdById ?? [])
  const people = await database().person.findMany({ where: { id: { in: ids } } })
  const teams = await database().team.findMany({
    where: { id: { in: rows.flatMap(({ teamId }) => teamId ?? []) } },
  })
  const logins = new Map(people.map(({ id, login }) => [id, login]))
  const names = new Map(teams.map(({ id, name }) => [id, name]))
  return rows.map((row) => summary(row, logins.get(row.createdById ?? '') ?? '', names.get(row.teamId ?? '')))
}

function summary(row: TokenRow, createdBy: string, team: string | undefined): SharedTokenSummary {
  const { id, name, description, hint, organizationRole, customRole, expiresAt, lastUsedAt } = row
  return {
    id,
    kind: row.kind === 'team' ? 'team' : 'organization',
    name,
    description,
    hint,
    createdAt: row.createdAt.toISOString(),
    createdBy,
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    ...(lastUsedAt && { lastUsedAt: lastUsedAt.toISOString() }),
    ...(team !== undefined && { team }),
    ...(organizationRole && { role: organizationRole }),
    ...(customRole && { customRole: { id: customRole.id, name: customRole.name } }),
  }
}
