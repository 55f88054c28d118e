/** Who the caller is, their default organization and their access tokens (http-api.md §3). */
import * as z from 'zod'
import type { Actor } from '@/lib/access/actor'
import {
  type AccessTokenSummary,
  createAccessToken,
  listAccessTokens,
  revokeAccessToken,
} from '@/lib/access/tokens'
import { account } from '@/lib/organizations/account'
import { setDefaultOrganization } from '@/lib/organizations/viewer'
import { type Api, actorOf } from './api'
import { noContent, queryNumber, queryText, refusals, text } from './shapes'

const membership = z.object({
  githubLogin: z.string(),
  name: z.string(),
  avatarUrl: z.string(),
  role: z.string(),
})

const userAnswer = z.object({
  id: z.string(),
  githubLogin: z.string(),
  name: z.string(),
  email: z.string(),
  avatarUrl: z.string(),
  organizations: z.array(membership),
  potentialOrganizations: z.array(membership),
  identities: z.array(z.string()),
  siteAdmin: z.boolean(),
  hasMFA: z.boolean(),
  isOrgManaged: z.boolean(),
  tokenInfo: z
    .object({ name: z.string(), organization: z.string(), team: z.string() })
    .optional()
    .meta({ description: 'only for organization and team tokens' }),
})

const tokenShape = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    created: z.string(),
    createdBy: z.string(),
    lastUsed: z.number().meta({ description: 'Unix seconds, 0 = never' }),
    expires: z.number().meta({ description: 'Unix seconds, 0 = never' }),
    admin: z.boolean(),
    type: z.enum(['personal', 'organization', 'team']),
  })
  .meta({ id: 'AccessToken' })

export function userRoutes(api: Api): void {
  api.get(
    '/api/user',
    { schema: { summary: 'The caller', response: { 200: userAnswer, ...refusals } } },
    async (request) => wireAccount(actorOf(request)),
  )
  defaultOrganizationRoutes(api)
  tokenRoutes(api)
}

async function wireAccount(actor: Actor): Promise<z.output<typeof userAnswer>> {
  const { id, login, name, email, organizations, machine } = await account(actor)
  return {
    id,
    githubLogin: login,
    name,
    email,
    avatarUrl: '',
    organizations: organizations.map((organization) => ({
      githubLogin: organization.name,
      name: organization.displayName || organization.name,
      avatarUrl: '',
      role: organization.role,
    })),
    potentialOrganizations: [],
    identities: [],
    siteAdmin: false,
    hasMFA: false,
    isOrgManaged: false,
    ...(machine && {
      tokenInfo: { name: machine.token, organization: machine.organization, team: machine.team },
    }),
  }
}

function defaultOrganizationRoutes(api: Api): void {
  api.get(
    '/api/user/organizations/default',
    {
      schema: {
        summary: 'The default organization',
        response: {
          200: z.object({ gitHubLogin: z.string(), Messages: z.array(z.string()) }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const { defaultOrganization } = await account(actorOf(request))
      return { gitHubLogin: defaultOrganization, Messages: [] }
    },
  )
  api.post(
    '/api/user/organizations/:organization/default',
    {
      schema: {
        summary: 'Choose the default organization',
        params: z.object({ organization: text }),
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await setDefaultOrganization(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}

function tokenRoutes(api: Api): void {
  api.get(
    '/api/user/tokens',
    {
      schema: {
        summary: 'List personal access tokens',
        querystring: z.object({
          filter: z.enum(['active', 'expired', 'all']).optional(),
          maxResults: queryNumber({ least: 1, most: 1000 }),
          continuationToken: queryText,
        }),
        response: {
          200: z.object({ tokens: z.array(tokenShape), continuationToken: z.string().optional() }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const { filter = 'active', maxResults: limit = 100, continuationToken: cursor } = request.query
      const page = { filter, limit, ...(cursor !== undefined && { cursor }) }
      const { tokens, next } = await listAccessTokens(actorOf(request), page)
      return { tokens: tokens.map(wireToken), ...(next !== undefined && { continuationToken: next }) }
    },
  )
  api.post(
    '/api/user/tokens',
    {
      schema: {
        summary: 'Make a personal access token',
        description: 'Its value is in this answer and nowhere else.',
        body: z.object({ description: text, expires: z.number().int().min(0).default(0) }),
        response: { 200: z.object({ id: z.string(), tokenValue: z.string() }), ...refusals },
      },
    },
    async (request) => {
      const { description, expires } = request.body
      return createAccessToken(actorOf(request), {
        description,
        ...(expires > 0 && { expiresAt: new Date(expires * 1000).toISOString() }),
      })
    },
  )
  api.delete(
    '/api/user/tokens/:id',
    {
      schema: {
        summary: 'Revoke a personal access token',
        params: z.object({ id: text }),
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await revokeAccessToken(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}

function wireToken(token: AccessTokenSummary): z.output<typeof tokenShape> {
  const { id, name, description, createdAt, createdBy, lastUsedAt, expiresAt } = token
  return {
    id,
    name,
    description,
    created: createdAt,
    createdBy,
    lastUsed: unixSeconds(lastUsedAt),
    expires: unixSeconds(expiresAt),
    admin: false,
    type: 'personal',
  }
}

function unixSeconds(time: string | undefined): number {
  return time === undefined ? 0 : Math.floor(Date.parse(time) / 1000)
}
