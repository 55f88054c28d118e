/** Custom roles, and the scopes there are to make them of (http-api.md §11.4). */
import * as z from 'zod'
import { environmentScopes, organizationScopes } from '@/lib/access/scopes'
import { whereSchema } from '@/lib/access/standing-query'
import { Failure } from '@/lib/failure'
import { roleHolders } from '@/lib/organizations/role-holders'
import {
  createRole,
  deleteRole,
  listRoles,
  type RoleRule,
  type RoleSummary,
  readRole,
  updateRole,
} from '@/lib/organizations/roles'
import { type Api, actorOf } from '../api'
import { conflicts, noContent, organizationParams, refusals, text, userShape, wireUser } from '../shapes'
import { idParams, organizationPath } from './shapes'

const ruleShape = z
  .object({
    where: z.looseObject({ kind: z.string() }).meta({
      description:
        'Which environments: every_environment, environment (id), project (key), tag (name, value), all_of or any_of (rules)',
    }),
    level: z.enum(['read', 'open', 'write', 'admin']).optional(),
    permissionSetId: text.optional(),
    maxOpenDurationSeconds: z.number().int().optional(),
  })
  .meta({ id: 'RoleRule', description: 'Gives either a level or a permission set' })

const content = {
  name: text,
  organizationScopes: z.array(text).max(200).meta({ description: 'Scopes on the organization itself' }),
  rules: z
    .array(ruleShape)
    .max(500)
    .meta({ description: 'What it gives on which environments; rules only add' }),
}

const roleShape = z
  .object({
    id: z.string(),
    ...content,
    description: z.string(),
    modified: z.string(),
    uses: z.object({ members: z.number(), teams: z.number(), tokens: z.number() }),
  })
  .meta({ id: 'Role' })

const scopeShape = z.object({ name: z.string(), metadata: z.object({ description: z.string() }) })

const roles = `${organizationPath}/roles`

export function roleRoutes(api: Api): void {
  api.get(
    roles,
    {
      schema: {
        summary: 'List custom roles',
        params: organizationParams,
        response: { 200: z.object({ roles: z.array(roleShape) }), ...refusals },
      },
    },
    async (request) => ({ roles: (await listRoles(actorOf(request), request.params)).map(wireCustomRole) }),
  )
  const groups = z.record(z.string(), z.array(z.object({ name: z.string(), scopes: z.array(scopeShape) })))
  api.get(
    `${roles}/scopes`,
    {
      schema: { summary: 'List scopes', params: organizationParams, response: { 200: groups, ...refusals } },
    },
    async (request) => {
      // Whoever may see roles may know what they are made of.
      await listRoles(actorOf(request), request.params)
      return {
        environment: [{ name: 'environment', scopes: scopesOf(environmentScopes) }],
        organization: [{ name: 'organization', scopes: scopesOf(organizationScopes) }],
      }
    },
  )
  api.get(
    `${roles}/:id`,
    {
      schema: { summary: 'Read a custom role', params: idParams, response: { 200: roleShape, ...refusals } },
    },
    async (request) => wireCustomRole(await readRole(actorOf(request), request.params)),
  )
  holderRoutes(api)
  changeRoutes(api)
}

function holderRoutes(api: Api): void {
  const named = z.object({ name: z.string(), displayName: z.string() })
  api.get(
    `${roles}/:id/teams`,
    {
      schema: {
        summary: 'List the teams that have a custom role',
        params: idParams,
        response: { 200: z.object({ teams: z.array(named) }), ...refusals },
      },
    },
    async (request) => ({ teams: (await roleHolders(actorOf(request), request.params)).teams }),
  )
  api.get(
    `${roles}/:id/tokens`,
    {
      schema: {
        summary: 'List the tokens that have a custom role',
        params: idParams,
        response: {
          200: z.object({ tokens: z.array(z.object({ id: z.string(), name: z.string() })) }),
          ...refusals,
        },
      },
    },
    async (request) => ({ tokens: (await roleHolders(actorOf(request), request.params)).tokens }),
  )
  api.get(
    `${roles}/:id/users`,
    {
      schema: {
        summary: 'List the members that have a custom role',
        params: idParams,
        response: { 200: z.object({ users: z.array(userShape) }), ...refusals },
      },
    },
    async (request) => ({
      users: (await roleHolders(actorOf(request), request.params)).members.map(wireUser),
    }),
  )
}

function changeRoutes(api: Api): void {
  api.post(
    roles,
    {
      schema: {
        summary: 'Create a custom role',
        params: organizationParams,
        body: z.object({
          name: content.name,
          description: text.default(''),
          organizationScopes: content.organizationScopes.default([]),
          rules: content.rules.default([]),
        }),
        response: { 201: roleShape, ...conflicts },
      },
    },
    async (request, reply) => {
      const { rules, ...rest } = request.body
      const role = { ...request.params, ...rest, rules: rules.map(ruleOf) }
      return reply.code(201).send(wireCustomRole(await createRole(actorOf(request), role)))
    },
  )
  api.patch(
    `${roles}/:id`,
    {
      schema: {
        summary: 'Change a custom role',
        description: 'What is absent stays. Takes effect at the next request of everybody who has the role.',
        params: idParams,
        body: z.object({ ...content, description: text }).partial(),
        response: { 200: roleShape, ...conflicts },
      },
    },
    async (request) => {
      const before = await readRole(actorOf(request), request.params)
      const { name, description, organizationScopes, rules } = request.body
      const role = {
        name: name ?? before.name,
        description: description ?? before.description,
        organizationScopes: organizationScopes ?? before.organizationScopes,
        rules: rules?.map(ruleOf) ?? before.rules,
      }
      return wireCustomRole(await updateRole(actorOf(request), { ...request.params, ...role }))
    },
  )
  api.delete(
    `${roles}/:id`,
    {
      schema: {
        summary: 'Delete a custom role',
        description: 'Refused while anybody has it.',
        params: idParams,
        response: { 204: noContent, ...conflicts },
      },
    },
    async (request, reply) => {
      await deleteRole(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}

function scopesOf(table: Record<string, { description: string }>): z.output<typeof scopeShape>[] {
  return Object.entries(table).map(([name, { description }]) => ({ name, metadata: { description } }))
}

/** @throws Failure `invalid`: conditions hold conditions, which the published schema does not spell out */
function ruleOf({
  where,
  level,
  permissionSetId,
  maxOpenDurationSeconds,
}: z.output<typeof ruleShape>): RoleRule {
  const parsed = whereSchema.safeParse(where)
  if (!parsed.success) throw new Failure('invalid', 'A rule has an unknown condition.', { field: 'rules' })
  return {
    where: parsed.data,
    ...(level !== undefined && { level }),
    ...(permissionSetId !== undefined && { permissionSetId }),
    ...(maxOpenDurationSeconds !== undefined && { maxOpenDurationSeconds }),
  }
}

function wireCustomRole({ modifiedAt, ...role }: RoleSummary): z.output<typeof roleShape> {
  return { ...role, modified: modifiedAt }
}
