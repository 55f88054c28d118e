/** Pieces of requests and answers about organizations. */
import * as z from 'zod'
import type { MemberSummary, RoleChoice } from '@/lib/organizations/members'
import type { SharedTokenSummary } from '@/lib/organizations/shared-tokens'
import type { TeamSummary } from '@/lib/organizations/teams'
import { organizationParams, text, userShape, wireUser } from '../shapes'

export const organizationPath = '/api/orgs/:organization'

export const idParams = organizationParams.extend({ id: text })

const roles = { admin: 'admin', member: 'member', 'billing-manager': 'billing_manager' } as const

/** Built-in roles as the wire spells them. */
export const wireRoleShape = z.enum(['admin', 'member', 'billing-manager'])

export type WireRole = z.output<typeof wireRoleShape>

export function wireRole(role: 'admin' | 'member' | 'billing_manager'): WireRole {
  return role === 'billing_manager' ? 'billing-manager' : role
}

/** A custom role wins over a built-in one (http-api.md §11.2). */
export function roleChoice({
  role,
  roleId,
}: {
  role?: WireRole | null | undefined
  roleId?: string | null | undefined
}): RoleChoice {
  return roleId ? { roleId } : { role: roles[role ?? 'member'] }
}

export const memberShape = z
  .object({
    user: userShape.extend({ email: z.string() }),
    role: wireRoleShape,
    fgaRole: z.object({ id: z.string(), name: z.string() }).optional(),
    created: z.string(),
    knownToPulumi: z.boolean(),
    virtualAdmin: z.boolean(),
  })
  .meta({ id: 'Member' })

export function wireMember(member: MemberSummary): z.output<typeof memberShape> {
  const { login, name, email, role, customRole, joinedAt } = member
  return {
    user: { ...wireUser({ login, name }), email },
    role: wireRole(role),
    ...(customRole && { fgaRole: customRole }),
    created: joinedAt,
    knownToPulumi: true,
    virtualAdmin: false,
  }
}

export const teamShape = z
  .object({
    name: z.string(),
    displayName: z.string(),
    description: z.string(),
    kind: z.literal('pulumi'),
    members: z.array(userShape.extend({ role: z.enum(['member', 'admin']) })),
    environments: z.array(z.unknown()),
    stacks: z.array(z.unknown()),
    roleIds: z.array(z.string()),
    userRole: z.enum(['none', 'member', 'admin']),
  })
  .meta({ id: 'Team' })

export function wireTeam(team: TeamSummary): z.output<typeof teamShape> {
  const { name, displayName, description, members, roles, viewerRole } = team
  return {
    name,
    displayName,
    description,
    kind: 'pulumi',
    members: members.map((member) => ({ ...wireUser(member), role: member.role })),
    environments: [],
    stacks: [],
    roleIds: roles.map(({ id }) => id),
    userRole: viewerRole,
  }
}

export const sharedTokenShape = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    created: z.string(),
    createdBy: z.string(),
    lastUsed: z.number().meta({ description: 'Unix seconds, 0 = never' }),
    expires: z.number().meta({ description: 'Unix seconds, 0 = never' }),
    admin: z.boolean(),
    type: z.enum(['organization', 'team']),
    role: z.object({ id: z.string(), name: z.string() }).optional(),
  })
  .meta({ id: 'SharedToken' })

export const createdTokenShape = z
  .object({ id: z.string(), tokenValue: z.string() })
  .meta({ description: 'The value is in this answer and nowhere else.' })

export const newTokenBody = z.object({
  name: text,
  description: text.default(''),
  expires: z.number().int().min(0).default(0).meta({ description: 'Unix seconds, 0 = never' }),
})

export function wireSharedToken(token: SharedTokenSummary): z.output<typeof sharedTokenShape> {
  const { id, kind, name, description, createdAt, createdBy, customRole } = token
  return {
    id,
    name,
    description,
    created: createdAt,
    createdBy,
    lastUsed: unixSeconds(token.lastUsedAt),
    expires: unixSeconds(token.expiresAt),
    admin: token.role === 'admin',
    type: kind,
    ...(customRole && { role: customRole }),
  }
}

/** 0 stands for never. */
export function unixSeconds(time: string | undefined): number {
  return time === undefined ? 0 : Math.floor(Date.parse(time) / 1000)
}

/** @see unixSeconds */
export function expiryOf(seconds: number): { expiresAt?: string } {
  return seconds > 0 ? { expiresAt: new Date(seconds * 1000).toISOString() } : {}
}
