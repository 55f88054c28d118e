/** Organization tokens and the scopes and roles there are (http-api.md §11.4, §11.5). */
import * as z from 'zod'
import { environmentScopes, organizationScopes } from '@/lib/access/scopes'
import { listRoles, type RoleSummary, readRole } from '@/lib/organizations/roles'
import {
  createOrganizationToken,
  listSharedTokens,
  revokeSharedToken,
} from '@/lib/organizations/shared-tokens'
import { type Api, actorOf } from '../api'
import { conflicts, noContent, organizationParams, refusals, text } from '../shapes'
import {
  createdTokenShape,
  expiryOf,
  idParams,
  newTokenBody,
  organizationPath,
  roleChoice,
  sharedTokenShape,
  wireSharedToken,
} from './shapes'

export function tokenRoutes(api: Api): void {
  const tokens = `${organizationPath}/tokens`
  api.get(
    tokens,
    {
      schema: {
        summary: 'List organization tokens',
        params: organizationParams,
        response: { 200: z.object({ tokens: z.array(sharedTokenShape) }), ...refusals },
      },
    },
    async (request) => ({
      tokens: (await listSharedTokens(actorOf(request), request.params)).map(wireSharedToken),
    }),
  )
  api.post(
    tokens,
    {
      schema: {
        summary: 'Make an organization token',
        params: organizationParams,
        body: newTokenBody.extend({ admin: z.boolean().default(false), roleID: text.nullish() }),
        response: { 200: createdTokenShape, ...conflicts },
      },
    },
    async (request) => {
      const { name, description, expires, admin, roleID: roleId } = request.body
      const choice = roleChoice({ role: admin ? 'admin' : 'member', roleId })
      const token = { ...request.params, name, description, ...expiryOf(expires), ...choice }
      return createOrganizationToken(actorOf(request), token)
    },
  )
  api.delete(
    `${tokens}/:id`,
    {
      schema: {
        summary: 'Revoke an organization token',
        params: idParams,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await revokeSharedToken(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}

const roleShape = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    modified: z.string(),
    organizationScopes: z.array(z.string()),
    rules: z.array(z.unknown()),
    uses: z.object({ members: z.number(), teams: z.number(), tokens: z.number() }),
  })
  .meta({ id: 'Role' })

const scopeShape = z.object({ name: z.string(), metadata: z.object({ description: z.string() }) })

export function roleRoutes(api: Api): void {
  const roles = `${organizationPath}/roles`
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
}

function scopesOf(table: Record<string, { description: string }>): z.output<typeof scopeShape>[] {
  return Object.entries(table).map(([name, { description }]) => ({ name, metadata: { description } }))
}

function wireCustomRole({ modifiedAt, ...role }: RoleSummary): z.output<typeof roleShape> {
  return { ...role, modified: modifiedAt }
}
