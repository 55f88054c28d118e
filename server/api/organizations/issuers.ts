/** Issuers whose identity tokens are traded, and the policies for that (http-api.md §11.6). */
import * as z from 'zod'
import { Failure } from '@/lib/failure'
import {
  deleteIssuer,
  type IssuerSummary,
  listIssuers,
  regenerateThumbprints,
  registerIssuer,
  setPolicies,
  updateIssuer,
} from '@/lib/organizations/issuers'
import { type Api, actorOf } from '../api'
import { conflicts, noContent, organizationParams, refusals, text } from '../shapes'
import { idParams, organizationPath, unixSeconds } from './shapes'

const issuers = `${organizationPath}/oidc/issuers`
const policyPath = `${organizationPath}/auth/policies`

const issuerShape = z
  .object({
    id: z.string(),
    name: z.string(),
    url: z.string(),
    issuer: z.string(),
    created: z.string(),
    modified: z.string(),
    lastUsed: z.number().meta({ description: 'Unix seconds, 0 = never' }),
    thumbprints: z.array(z.string()),
    maxExpiration: z.number().int().meta({ description: 'seconds' }),
  })
  .meta({ id: 'OidcIssuer' })

const policiesAnswer = z.object({
  id: z.string(),
  version: z.number().int(),
  created: z.string(),
  modified: z.string(),
  policies: z.array(z.unknown()),
})

const content = z.object({
  name: text,
  maxExpiration: z.number().int().positive().nullish(),
  thumbprints: z.array(text).nullish(),
  jwks: z.json().nullish(),
})

export function issuerRoutes(api: Api): void {
  readRoutes(api)
  writeRoutes(api)
  policyRoutes(api)
}

function readRoutes(api: Api): void {
  api.get(
    issuers,
    {
      schema: {
        summary: 'List issuers',
        params: organizationParams,
        response: { 200: z.object({ oidcIssuers: z.array(issuerShape) }), ...refusals },
      },
    },
    async (request) => ({
      oidcIssuers: (await listIssuers(actorOf(request), request.params)).map(wireIssuer),
    }),
  )
  api.get(
    `${issuers}/:id`,
    { schema: { summary: 'Read an issuer', params: idParams, response: { 200: issuerShape, ...refusals } } },
    async (request) => {
      const all = await listIssuers(actorOf(request), request.params)
      return wireIssuer(one(all, request.params.id))
    },
  )
}

function one(all: readonly IssuerSummary[], id: string): IssuerSummary {
  const found = all.find((issuer) => issuer.id === id)
  if (!found) throw new Failure('not_found', 'Not Found: issuer')
  return found
}

function wireIssuer(issuer: IssuerSummary): z.output<typeof issuerShape> {
  const { id, name, url, createdAt, modifiedAt, lastUsedAt, thumbprints, maxExpirationSeconds } = issuer
  return {
    id,
    name,
    url,
    issuer: url,
    created: createdAt,
    modified: modifiedAt,
    lastUsed: unixSeconds(lastUsedAt),
    thumbprints,
    maxExpiration: maxExpirationSeconds,
  }
}

function contentOf({ name, maxExpiration, thumbprints, jwks }: z.output<typeof content>) {
  return {
    name,
    ...(maxExpiration && { maxExpirationSeconds: maxExpiration }),
    ...(thumbprints && { thumbprints }),
    ...(jwks !== null && jwks !== undefined && { jwks }),
  }
}

function writeRoutes(api: Api): void {
  api.post(
    issuers,
    {
      schema: {
        summary: 'Register an issuer',
        params: organizationParams,
        body: content.extend({ url: text }),
        response: { 200: issuerShape, ...conflicts },
      },
    },
    async (request) => {
      const issuer = { ...request.params, url: request.body.url, ...contentOf(request.body) }
      return wireIssuer(await registerIssuer(actorOf(request), issuer))
    },
  )
  api.patch(
    `${issuers}/:id`,
    {
      schema: {
        summary: 'Change an issuer',
        description: 'Its address stays: policies were written for it.',
        params: idParams,
        body: content,
        response: { 200: issuerShape, ...conflicts },
      },
    },
    async (request) => {
      const issuer = { ...request.params, ...contentOf(request.body) }
      return wireIssuer(await updateIssuer(actorOf(request), issuer))
    },
  )
  api.post(
    `${issuers}/:id/regenerate-thumbprints`,
    {
      schema: {
        summary: 'Trust the certificate that an issuer shows now',
        params: idParams,
        response: { 200: issuerShape, ...conflicts },
      },
    },
    async (request) => wireIssuer(await regenerateThumbprints(actorOf(request), request.params)),
  )
  api.delete(
    `${issuers}/:id`,
    { schema: { summary: 'Remove an issuer', params: idParams, response: { 204: noContent, ...refusals } } },
    async (request, reply) => {
      await deleteIssuer(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}

/** An issuer has one set of policies, which goes by the issuer's id. */
function policyRoutes(api: Api): void {
  api.get(
    `${policyPath}/oidcissuers/:id`,
    {
      schema: {
        summary: 'Read the policies of an issuer',
        params: idParams,
        response: { 200: policiesAnswer, ...refusals },
      },
    },
    async (request) => {
      const all = await listIssuers(actorOf(request), request.params)
      return wirePolicies(one(all, request.params.id))
    },
  )
  api.patch(
    `${policyPath}/:id`,
    {
      schema: {
        summary: 'Replace the policies of an issuer',
        params: idParams,
        body: z.object({
          version: z
            .number()
            .int()
            .optional()
            .meta({ description: 'that was read; absent = whatever is there' }),
          policies: z.array(z.record(z.string(), z.json())).min(1),
        }),
        response: { 200: policiesAnswer, ...conflicts },
      },
    },
    async (request) => {
      const { version, policies } = request.body
      const numbered = policies.map((policy, at) => ({ id: String(at + 1), ...policy }))
      const change = { policies: numbered, ...(version !== undefined && { version }) }
      return wirePolicies(await setPolicies(actorOf(request), { ...request.params, ...change }))
    },
  )
}

function wirePolicies(issuer: IssuerSummary): z.output<typeof policiesAnswer> {
  const { id, policiesVersion, createdAt, modifiedAt, policies } = issuer
  return { id, version: policiesVersion, created: createdAt, modified: modifiedAt, policies }
}
