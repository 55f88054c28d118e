/** Change requests, gates and open requests (http-api.md §6.2–6.4). */
import * as z from 'zod'
import {
  type ChangeRequestSummary,
  closeChangeRequest,
  decideChangeRequest,
  describeChangeRequest,
  listChangeRequests,
  readChangeRequest,
  submitChangeRequest,
} from '@/lib/approvals/change-requests'
import { createGate, findGate, listGates } from '@/lib/approvals/gates'
import { findOpenRequest, requestOpen } from '@/lib/approvals/open-requests'
import { type Api, actorOf } from './api'
import { errorShape } from './errors'
import {
  conflicts,
  environmentParams,
  environmentsPath,
  noContent,
  organizationParams,
  queryCount,
  queryNumber,
  refusals,
  text,
  userShape,
  wireUser,
} from './shapes'

const requests = '/api/change-requests/:organization'
const requestParams = organizationParams.extend({ id: text })
const undecided = { ...conflicts, 501: errorShape }

const requestShape = z
  .object({
    id: z.string(),
    orgID: z.string(),
    action: z.literal('update'),
    status: z.enum(['draft', 'ready', 'applied', 'closed']),
    description: z.string(),
    createdAt: z.string(),
    createdBy: userShape,
    latestRevisionNumber: z.number().int(),
    entity: z.object({ entityType: z.literal('environment'), project: z.string(), name: z.string() }),
  })
  .meta({ id: 'ChangeRequest' })

export function changeRequestRoutes(api: Api): void {
  readRoutes(api)
  changeRoutes(api)
  decisionRoutes(api)
  gateRoutes(api)
  openRequestRoutes(api)
}

function readRoutes(api: Api): void {
  api.get(
    requests,
    {
      schema: {
        summary: 'List change requests, the newest first',
        params: organizationParams,
        querystring: z.object({
          count: queryCount,
          continuationToken: queryNumber({ least: 0, most: 2 ** 31 }),
        }),
        response: {
          200: z.object({ changeRequests: z.array(requestShape), continuationToken: z.string().nullable() }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const { count = 100, continuationToken: after = 0 } = request.query
      const page = await listChangeRequests(actorOf(request), { ...request.params, count, after })
      const continuationToken = page.next === undefined ? null : String(page.next)
      return { changeRequests: page.changeRequests.map(wireRequest), continuationToken }
    },
  )
  const evaluation = z.object({ satisfied: z.boolean(), applicableGates: z.array(z.unknown()) })
  api.get(
    `${requests}/:id`,
    {
      schema: {
        summary: 'Read a change request',
        params: requestParams,
        response: { 200: requestShape.omit({}).extend({ gateEvaluation: evaluation }), ...refusals },
      },
    },
    async (request) => {
      const gateEvaluation = { satisfied: true, applicableGates: [] }
      return { ...wireRequest(await readChangeRequest(actorOf(request), request.params)), gateEvaluation }
    },
  )
}

function wireRequest(request: ChangeRequestSummary): z.output<typeof requestShape> {
  const { id, status, description, createdAt, project, name } = request
  return {
    id,
    orgID: request.organizationId,
    action: 'update',
    status,
    description,
    createdAt,
    createdBy: wireUser(request.createdBy),
    latestRevisionNumber: request.latestRevision,
    entity: { entityType: 'environment', project, name },
  }
}

function changeRoutes(api: Api): void {
  const response = { 204: noContent, ...conflicts }
  api.post(
    `${requests}/:id/submit`,
    {
      schema: {
        summary: 'Offer a draft for approval',
        params: requestParams,
        body: z.object({ description: text.nullish() }),
        response,
      },
    },
    async (request, reply) => {
      const description = request.body.description ?? undefined
      await submitChangeRequest(actorOf(request), { ...request.params, description })
      return reply.code(204).send()
    },
  )
  api.patch(
    `${requests}/:id`,
    {
      schema: {
        summary: 'Describe a change request',
        params: requestParams,
        body: z.object({ description: text }),
        response,
      },
    },
    async (request, reply) => {
      await describeChangeRequest(actorOf(request), { ...request.params, ...request.body })
      return reply.code(204).send()
    },
  )
  api.post(
    `${requests}/:id/close`,
    { schema: { summary: 'Give a change request up', params: requestParams, response } },
    async (request, reply) => {
      await closeChangeRequest(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}

/** What waits for the rules that decide; each answers 501 to who may see the request. */
function decisionRoutes(api: Api): void {
  const decisions = [
    ['POST', 'approve', 'Approve'],
    ['DELETE', 'approve', 'Withdraw an approval of'],
    ['POST', 'apply', 'Apply'],
    ['POST', 'comments', 'Comment on'],
    ['GET', 'events', 'List the events of'],
  ] as const
  for (const [method, path, verb] of decisions) {
    api.route({
      method,
      url: `${requests}/:id/${path}`,
      schema: { summary: `${verb} a change request`, params: requestParams, response: undecided },
      handler: async (request) => decideChangeRequest(actorOf(request), request.params),
    })
  }
}

function gateRoutes(api: Api): void {
  const gates = '/api/change-gates/:organization'
  const page = z.object({ gates: z.array(z.unknown()), continuationToken: z.null() })
  api.get(
    gates,
    { schema: { summary: 'List gates', params: organizationParams, response: { 200: page, ...refusals } } },
    async (request) => ({
      gates: await listGates(actorOf(request), request.params),
      continuationToken: null,
    }),
  )
  api.post(
    gates,
    { schema: { summary: 'Require approval', params: organizationParams, response: undecided } },
    async (request) => createGate(actorOf(request), request.params),
  )
  for (const method of ['GET', 'PUT', 'DELETE'] as const) {
    api.route({
      method,
      url: `${gates}/:id`,
      schema: { summary: 'A gate', params: requestParams, response: undecided },
      handler: async (request) => findGate(actorOf(request), request.params),
    })
  }
}

function openRequestRoutes(api: Api): void {
  const open = `${environmentsPath}/:organization/:project/:name/open/request`
  const seconds = z.number().int().positive().nullish()
  api.post(
    open,
    {
      schema: {
        summary: 'Ask for access to open',
        params: environmentParams,
        body: z.object({ grantExpirationSeconds: seconds, accessDurationSeconds: seconds }),
        response: conflicts,
      },
    },
    async (request) => requestOpen(actorOf(request), request.params),
  )
  for (const method of ['GET', 'PUT'] as const) {
    api.route({
      method,
      url: `${open}/:id`,
      schema: {
        summary: 'A request for access',
        params: environmentParams.extend({ id: text }),
        response: refusals,
      },
      handler: async (request) => findOpenRequest(actorOf(request), request.params),
    })
  }
}
