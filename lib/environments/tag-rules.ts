/**
 * Roles may give access by tags (console.md §9), so whoever tags an environment gives what those roles give on it. Like
 * every giving it takes having that oneself (A14): a writer must not tag their way to administration.
 */
import { requireCoveringOn } from '@/lib/access/covering'
import { applies, scopesOfLevel } from '@/lib/access/grants'
import type { EnvironmentPermission } from '@/lib/access/require'
import { isEnvironmentScope } from '@/lib/access/scopes'
import { whereSchema } from '@/lib/access/standing-query'
import type { Prisma, Transaction } from '@/lib/db'

interface Tag {
  name: string
  value: string
}

const withScopes = { permissionSet: { select: { scopes: true } } } satisfies Prisma.RoleRuleInclude
type Rule = Prisma.RoleRuleGetPayload<{ include: typeof withScopes }>

/**
 * @param change the tag that will be there, in place of `instead`
 * @throws Failure `forbidden` when the environment would come under a rule that gives more than the actor has
 */
export async function requireTaggable(
  tx: Transaction,
  { environment, facts, grants }: EnvironmentPermission,
  { tag, instead }: { tag: Tag; instead?: string },
): Promise<void> {
  const { id: environmentId, organizationId } = environment
  const tags = await tx.environmentTag.findMany({ where: { environmentId, organizationId } })
  const before = { ...facts, tags }
  const after = { ...facts, tags: [...tags.filter(({ name }) => name !== instead), tag] }
  const rules = await tx.roleRule.findMany({ where: { role: { organizationId } }, include: withScopes })
  for (const rule of rules) {
    const where = whereSchema.parse(rule.where)
    if (applies(where, after) && !applies(where, before)) requireCoveringOn(grants, before, giftOf(rule))
  }
}

function giftOf({ level, permissionSet, maxOpenDurationSeconds }: Rule) {
  return {
    permits:
      level === null ? new Set(permissionSet?.scopes.filter(isEnvironmentScope)) : scopesOfLevel(level),
    ...(maxOpenDurationSeconds !== null && { maxOpenDurationSeconds }),
  }
}
