/**
 * "Why can they, why can't they?": for a member, a team, a token or a role and one environment, what they may do and
 * which grants give it, with everything that opening would import. Never names what the viewer may not see.
 */
import type { Actor } from '@/lib/access/actor'
import { levelOn, may } from '@/lib/access/authorize'
import type { EnvironmentFacts, Grant, GrantSource } from '@/lib/access/grants'
import { type Level, levels } from '@/lib/access/levels'
import { personActor } from '@/lib/access/person'
import { type EnvironmentPermission, findEnvironment, requireEnvironment } from '@/lib/access/require'
import type { environmentScopes } from '@/lib/access/scopes'
import { loadStanding } from '@/lib/access/standing'
import { database } from '@/lib/db'
import { Failure } from '@/lib/failure'
import { findMember } from './members'
import { findRole, giftsOfRole } from './roles'
import { findTeam } from './teams'

export type ExplainedSubject = { login: string } | { team: string } | { tokenId: string } | { roleId: string }

export interface Question {
  organization: string
  project: string
  name: string
  subject: ExplainedSubject
}

/** A grant as the viewer may know it: names of teams and roles only for who may list them. */
export interface Reason {
  kind: GrantSource['kind']
  team?: string
  role?: string
  /** Longest open by this grant. */
  maxOpenDurationSeconds?: number
}

export interface LevelAnswer {
  level: Exclude<Level, 'none'>
  allowed: boolean
  /** Every grant that gives it by itself. */
  through: Reason[]
}

export interface ImportAnswer {
  /** `project/name`; absent when the viewer may not see it. */
  environment?: string
  /** Whether the subject may open it, which opening the importing one needs. */
  canOpen: boolean
}

export interface Explanation {
  level: Level
  levels: LevelAnswer[]
  /** What the environment imports, directly and through others. */
  imports: ImportAnswer[]
  /** Whether an open would succeed as far as permission goes: here and on every import. */
  canOpen: boolean
}

/** @throws Failure `not_found` for environments and subjects that the viewer cannot see */
export async function explain(actor: Actor, question: Question): Promise<Explanation> {
  const permission = await requireEnvironment(database(), actor, {
    ...question,
    scope: 'environment_access:read',
  })
  const found = await findEnvironment(database(), withTags(permission), question)
  if (!found) throw new Failure('not_found', 'Not Found: environment')
  const grants = await grantsOf(permission, question.subject)
  const imports = await explainImports(permission, grants)
  const answers = levels.flatMap((level) =>
    level === 'none' ? [] : [explainLevel(level, { permission, grants, facts: found.facts })],
  )
  const opens = may(grants, 'environment:open', found.facts).allowed
  return {
    level: levelOn(grants, found.facts),
    levels: answers,
    imports,
    canOpen: opens && imports.every(({ canOpen }) => canOpen),
  }
}

/** The subject's rules may ask for tags although the viewer's do not. */
function withTags({ organization }: EnvironmentPermission) {
  const askingForTags: Grant = {
    through: { kind: 'creator' },
    where: { kind: 'tag', name: '' },
    permits: new Set(),
  }
  return { organization, grants: [askingForTags] }
}

interface Context {
  permission: EnvironmentPermission
  grants: readonly Grant[]
  facts: EnvironmentFacts
}

/** The scope that each level adds and is known by. */
const telling = {
  read: 'environment:read',
  open: 'environment:open',
  write: 'environment:write',
  admin: 'environment:delete',
} as const satisfies Record<Exclude<Level, 'none'>, keyof typeof environmentScopes>

function explainLevel(level: Exclude<Level, 'none'>, { permission, grants, facts }: Context): LevelAnswer {
  const decision = may(grants, telling[level], facts)
  if (!decision.allowed) return { level, allowed: false, through: [] }
  return { level, allowed: true, through: decision.through.map((grant) => reasonOf(grant, permission)) }
}

function reasonOf({ through, maxOpenDurationSeconds }: Grant, viewer: EnvironmentPermission): Reason {
  const team = teamOf(through, viewer)
  const role = roleOf(through, viewer)
  return {
    kind: through.kind,
    ...(team !== undefined && { team }),
    ...(role !== undefined && { role }),
    ...(maxOpenDurationSeconds !== undefined && { maxOpenDurationSeconds }),
  }
}

/** Whoever may list teams knows their names; everybody knows the teams and roles that they act by. */
function teamOf(through: GrantSource, { grants }: EnvironmentPermission): string | undefined {
  if (!('team' in through)) return undefined
  const own = grants.some((held) => 'teamId' in held.through && held.through.teamId === through.teamId)
  return own || may(grants, 'team:list').allowed ? through.team : undefined
}

function roleOf(through: GrantSource, { grants }: EnvironmentPermission): string | undefined {
  if (through.kind === 'organization_role') return through.role
  if (through.kind !== 'custom_role') return undefined
  const own = grants.some((held) => 'roleId' in held.through && held.through.roleId === through.roleId)
  return own || may(grants, 'role:read').allowed ? through.role : undefined
}

async function grantsOf(
  { organization }: EnvironmentPermission,
  subject: ExplainedSubject,
): Promise<Grant[]> {
  if ('roleId' in subject) {
    const row = await findRole(database(), organization.id, subject.roleId)
    const through: GrantSource = { kind: 'custom_role', roleId: row.id, role: row.name }
    return (await giftsOfRole(database(), row)).map((gift) => ({ ...gift, through }))
  }
  const asSubject = await actorOf(organization.id, subject)
  return (await loadStanding(database(), asSubject, { id: organization.id }))?.grants ?? []
}

const nowhere = { address: '', requestId: '' }

async function actorOf(
  organizationId: string,
  subject: Exclude<ExplainedSubject, { roleId: string }>,
): Promise<Actor> {
  const credential = { kind: 'session' as const, id: '', name: 'explanation' }
  if ('login' in subject) {
    const { person } = await findMember(database(), organizationId, subject.login)
    return personActor(person, credential, nowhere)
  }
  if ('team' in subject) {
    const { id, name } = await findTeam(database(), organizationId, subject.team)
    return { principal: { kind: 'team', id, name, organizationId }, credential, ...nowhere }
  }
  return tokenActor(organizationId, subject.tokenId)
}

async function tokenActor(organizationId: string, tokenId: string): Promise<Actor> {
  const token = await database().accessToken.findFirst({
    where: { id: tokenId, organizationId, revokedAt: null },
  })
  if (!token) throw new Failure('not_found', 'Not Found: token')
  const credential = { kind: token.kind, id: token.id, name: token.name }
  if (token.kind === 'organization') {
    const principal = {
      kind: 'organization' as const,
      id: organizationId,
      name: token.name,
      role: 'member' as const,
    }
    return { principal, credential, ...nowhere }
  }
  return {
    principal: { kind: 'team', id: token.teamId ?? '', name: token.name, organizationId },
    credential,
    ...nowhere,
  }
}

/** More imports than this are not followed; language.md bounds them far below. */
const mostImports = 200

async function explainImports(
  permission: EnvironmentPermission,
  grants: readonly Grant[],
): Promise<ImportAnswer[]> {
  const { organization, environment } = permission
  const answers = new Map<string, ImportAnswer>()
  const pending = [{ id: environment.id, revision: environment.latestRevision }]
  for (let next = pending.shift(); next && answers.size < mostImports; next = pending.shift()) {
    const references = await database().revisionReference.findMany({
      where: { organizationId: organization.id, environmentId: next.id, revision: next.revision },
      orderBy: [{ targetProject: 'asc' }, { targetName: 'asc' }],
    })
    for (const { targetProject, targetName } of references) {
      const path = `${targetProject}/${targetName}`
      if (answers.has(path)) continue
      const target = await findEnvironment(database(), withTags(permission), {
        project: targetProject,
        name: targetName,
      })
      answers.set(path, importAnswer(path, { viewer: permission, grants, facts: target?.facts }))
      if (target) pending.push({ id: target.environment.id, revision: target.environment.latestRevision })
    }
  }
  return [...answers.values()]
}

/** A missing environment and one that the viewer may not see look alike, unless the subject may open it. */
function importAnswer(
  path: string,
  asked: { viewer: EnvironmentPermission; grants: readonly Grant[]; facts: EnvironmentFacts | undefined },
): ImportAnswer {
  const { viewer, grants, facts } = asked
  const canOpen = facts !== undefined && may(grants, 'environment:open', facts).allowed
  const visible = facts !== undefined && may(viewer.grants, 'environment:list', facts).allowed
  return visible ? { environment: path, canOpen } : { canOpen }
}
