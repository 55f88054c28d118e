/** Which scopes the actor holds on an organization itself, so that pages offer only what will not be refused. */
import type { Actor } from '@/lib/access/actor'
import { may } from '@/lib/access/authorize'
import { organizationScopeNames } from '@/lib/access/grants'
import { requireOrganization } from '@/lib/access/require'
import type { OrganizationScope } from '@/lib/access/scopes'
import { database } from '@/lib/db'

/** @throws Failure `not_found`, `forbidden` for who may not see the organization */
export async function heldScopes(
  actor: Actor,
  { organization }: { organization: string },
): Promise<ReadonlySet<OrganizationScope>> {
  const { grants } = await requireOrganization(database(), actor, {
    organization,
    scope: 'organization:read',
  })
  return new Set(organizationScopeNames().filter((scope) => may(grants, scope).allowed))
}
