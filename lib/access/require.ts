/**
 * The two checks every use case begins with. Who may not see a thing is told that it does not exist, in the same words
 * as when it really does not; who sees it but may not do this to it is told which scope is missing.
 */
import type { Statements, Transaction } from '@/lib/db'
import { Failure } from '@/lib/failure'
import type { Environment } from '@/lib/generated/prisma/client'
import type { Actor } from './actor'
import { isHeldBack, levelOn, may } from './authorize'
import type { EnvironmentFacts, Grant, Where } from './grants'
import type { Level } from './levels'
import { refusing } from './refused'
import type { EnvironmentScope, OrganizationScope } from './scopes'
import {
  type FoundEnvironment,
  loadStanding,
  loadStandingAt,
  type OrganizationFacts,
  type Standing,
} from './standing'

export interface EnvironmentQuestion {
  organization: string
  project: string
  name: string
  scope: EnvironmentScope
}

/** Evidence that the actor may do it; callers cannot make one without the check. */
export interface EnvironmentPermission {
  organization: OrganizationFacts
  environment: Environment
  /** What rules may ask about it; tags only when one of the grants asks for tags. */
  facts: EnvironmentFacts
  level: Level
  /** Longest lifetime of what is opened; absent = the general limit. */
  maxOpenDurationSeconds?: number
  /** A grant that allows it by itself. */
  proof: Grant
  /** All grants of the actor in this organization, to decide about imports without loading them again. */
  grants: Grant[]
}

export interface OrganizationPermission extends Standing {
  proof: Grant
}

/**
 * @throws Failure `not_found` when the actor may not see the environment or there is none, `forbidden` (with
 *   `details.scope`) when they see it and lack the scope
 */
export async function requireEnvironment(
  tx: Statements,
  actor: Actor,
  { organization, project, name, scope }: EnvironmentQuestion,
): Promise<EnvironmentPermission> {
  const at = await loadStandingAt(tx, actor, { organization, project, name })
  if (!at?.found) throw environmentNotFound()
  return permissionOn(at.standing, at.found, scope)
}

/** The same check for a row that was found some other way, inside the standing's organization. */
export function permissionOn(
  standing: Standing,
  { environment, facts }: FoundEnvironment,
  scope: EnvironmentScope,
): EnvironmentPermission {
  const { organization, grants } = standing
  if (environment.organizationId !== organization.id) throw environmentNotFound()
  const decision = may(grants, scope, facts)
  const proof = decision.allowed ? decision.through[0] : undefined
  if (!decision.allowed || proof === undefined) {
    if (!may(grants, 'environment:list', facts).allowed) throw environmentNotFound()
    const refusal = isHeldBack(scope, facts) ? approvalNeeded(environment, 'open') : forbidden(scope)
    throw refusing(refusal, grants, { environment })
  }
  const { maxOpenDurationSeconds } = decision
  return {
    organization,
    environment,
    facts,
    level: levelOn(grants, facts),
    proof,
    grants,
    ...(maxOpenDurationSeconds !== undefined && { maxOpenDurationSeconds }),
  }
}

/**
 * @throws Failure `not_found` for who has no part in the organization, `forbidden` (with `details.scope`) otherwise
 */
export async function requireOrganization(
  tx: Statements,
  actor: Actor,
  { organization, scope }: { organization: string; scope: OrganizationScope },
): Promise<OrganizationPermission> {
  const standing = await loadStanding(tx, actor, { name: organization })
  if (!standing) throw organizationNotFound()
  const decision = may(standing.grants, scope)
  const proof = decision.allowed ? decision.through[0] : undefined
  if (proof === undefined) throw refusing(forbidden(scope), standing.grants)
  return { ...standing, proof }
}

/** A living environment of the standing's organization, with what its rules may ask. Says nothing about permission. */
export async function findEnvironment(
  tx: Transaction,
  { organization, grants }: Standing,
  { project, name }: { project: string; name: string },
): Promise<FoundEnvironment | undefined> {
  const where = {
    organizationId: organization.id,
    projectKey: project.toLowerCase(),
    nameKey: name.toLowerCase(),
    deletedAt: null,
  }
  if (!asksForTags(grants)) {
    const environment = await tx.environment.findFirst({ where })
    return environment ? { environment, facts: environment } : undefined
  }
  const environment = await tx.environment.findFirst({
    where,
    include: { tags: { select: { name: true, value: true } } },
  })
  return environment ? { environment, facts: environment } : undefined
}

/** Whether any grant depends on environment tags; if none does they need not be loaded. */
export function asksForTags(grants: readonly Grant[]): boolean {
  return grants.some(({ where }) => dependsOnTags(where))
}

function dependsOnTags(where: Where): boolean {
  if (where.kind === 'tag') return true
  return (where.kind === 'all_of' || where.kind === 'any_of') && where.rules.some(dependsOnTags)
}

export function environmentNotFound(): Failure {
  return new Failure('not_found', 'Not Found: environment')
}

export function organizationNotFound(): Failure {
  return new Failure('not_found', 'Not Found: organization')
}

/** A gate stands before it; the words tell how to ask. */
export function approvalNeeded(
  { project, name }: { project: string; name: string },
  action: 'open' | 'update',
): Failure {
  const path = `${project}/${name}`
  return action === 'open'
    ? new Failure(
        'approval_needed',
        `Opening ${path} needs approval. Request access in the console or with: esc env open-request ${path}`,
      )
    : new Failure(
        'approval_needed',
        `Changes of ${path} need approval. Propose the change in the console or with the option --draft.`,
      )
}

export function forbidden(scope: EnvironmentScope | OrganizationScope): Failure {
  return new Failure('forbidden', `This needs the permission ${scope}.`, { scope })
}
