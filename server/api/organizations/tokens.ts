/** Organization tokens (http-api.md §11.5). */
import * as z from 'zod'
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
