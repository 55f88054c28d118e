/** Change requests (http-api.md §6.2). */
import * as z from 'zod'
import { applyChangeRequest } from '@/lib/approvals/apply'
import {
  type ChangeRequestSummary,
  closeChangeRequest,
  commentOnChangeRequest,
  describeChangeRequest,
  listChangeRequests,
  readChangeRequest,
  submitChangeRequest,
} from '@/lib/approvals/change-requests'
import { approveChangeRequest, unapproveChangeRequest } from '@/lib/approvals/decide'
import { listRequestEvents, type RequestEvent } from '@/lib/approvals/timeline'
import { config } from '@/lib/config'
import { type Api, actorOf } from './api'
import {
  conflicts,
  noContent,
  organizationParams,
  queryCount,
  queryNumber,
  queryText,
  refusals,
  text,
  userShape,
  wireUser,
} from './shapes'

const requests = '/api/change-requests/:organization'
const requestParams = organizationParams.extend({ id: text })
const statusShape = z.enum(['draft', 'ready', 'applied', 'closed'])

/** What is sent with a decision; clients may send no body at all. */
const commentBody = z.object({ comment: text.nullish() }).nullish()

const requestShape = z
  .object({
    id: z.string(),
    orgID: z.string(),
    action: z.enum(['update', 'open']),
    status: statusShape,
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
  conversationRoutes(api)
}

const pageQuery = z.object({
  count: queryCount,
  continuationToken: queryNumber({ least: 0, most: 2 ** 31 }),
})

const evaluationShape = z
  .object({
    satisfied: z.boolean(),
    applicableGates: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        satisfied: z.boolean(),
        ruleDetails: z.object({
          ruleType: z.literal('approval_required'),
          approvalsCount: z.number().int(),
          numApprovalsRequired: z.number().int(),
        }),
      }),
    ),
  })
  .meta({ id: 'GateEvaluation' })

function readRoutes(api: Api): void {
  api.get(
    requests,
    {
      schema: {
        summary: 'List change requests, the newest first',
        params: organizationParams,
        querystring: pageQuery.extend({ entityType: queryText, entityId: queryText }),
        response: {
          200: z.object({ changeRequests: z.array(requestShape), continuationToken: z.string().nullable() }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const { count = 100, continuationToken: after = 0 } = request.query
      const { entityId: environmentId } = request.query
      const listing = { ...request.params, environmentId, count, after }
      const page = await listChangeRequests(actorOf(request), listing)
      const continuationToken = page.next === undefined ? null : String(page.next)
      return { changeRequests: page.changeRequests.map(wireRequest), continuationToken }
    },
  )
  api.get(
    `${requests}/:id`,
    {
      schema: {
        summary: 'Read a change request',
        params: requestParams,
        response: { 200: requestShape.omit({}).extend({ gateEvaluation: evaluationShape }), ...refusals },
      },
    },
    async (request) => {
      const detail = await readChangeRequest(actorOf(request), request.params)
      return { ...wireRequest(detail), gateEvaluation: wireEvaluation(detail) }
    },
  )
}

function wireEvaluation({ satisfied, gates }: ChangeRequestSummary): z.output<typeof evaluationShape> {
  const applicableGates = gates.map(({ id, name, approvals, required, satisfied: passed }) => ({
    id,
    name,
    satisfied: passed,
    ruleDetails: {
      ruleType: 'approval_required' as const,
      approvalsCount: approvals,
      numApprovalsRequired: required,
    },
  }))
  return { satisfied, applicableGates }
}

function wireRequest(request: ChangeRequestSummary): z.output<typeof requestShape> {
  const { id, action, status, description, createdAt, project, name } = request
  return {
    id,
    orgID: request.organizationId,
    action,
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
    {
      schema: {
        summary: 'Give a change request up, or take back the access that it gave',
        params: requestParams,
        body: commentBody,
        response,
      },
    },
    async (request, reply) => {
      const comment = request.body?.comment ?? undefined
      await closeChangeRequest(actorOf(request), { ...request.params, comment })
      return reply.code(204).send()
    },
  )
}

function decisionRoutes(api: Api): void {
  const response = { 204: noContent, ...conflicts }
  api.post(
    `${requests}/:id/approve`,
    {
      schema: {
        summary: 'Approve a change request',
        description: 'Of the version that was looked at. Only people approve.',
        params: requestParams,
        body: z.object({ revisionNumber: z.number().int().positive(), comment: text.nullish() }),
        response,
      },
    },
    async (request, reply) => {
      const { revisionNumber: revision, comment } = request.body
      const approval = { ...request.params, revision, comment: comment ?? undefined }
      await approveChangeRequest(actorOf(request), approval)
      return reply.code(204).send()
    },
  )
  api.delete(
    `${requests}/:id/approve`,
    {
      schema: {
        summary: 'Take back an approval of a change request',
        params: requestParams,
        body: commentBody,
        response,
      },
    },
    async (request, reply) => {
      const comment = request.body?.comment ?? undefined
      await unapproveChangeRequest(actorOf(request), { ...request.params, comment })
      return reply.code(204).send()
    },
  )
  applyRoute(api)
}

const applied = z.object({ entityUrl: z.string(), message: z.string() })

function applyRoute(api: Api): void {
  api.post(
    `${requests}/:id/apply`,
    {
      schema: {
        summary: 'Apply a change request',
        description:
          'Refused while approvals are missing, unless `bypassReason` is given by somebody whom every such gate lets.',
        params: requestParams,
        body: z.object({ bypassReason: text.nullish() }).nullish(),
        response: { 200: applied, ...conflicts },
      },
    },
    async (request) => {
      const bypassReason = request.body?.bypassReason ?? undefined
      const result = await applyChangeRequest(actorOf(request), { ...request.params, bypassReason })
      const { project, name, revision, accessExpiresAt } = result
      const place = [request.params.organization, 'environments', project, name].map(encodeURIComponent)
      const message =
        revision === undefined ? `may be opened until ${accessExpiresAt ?? ''}` : `is at revision ${revision}`
      return {
        entityUrl: new URL(place.join('/'), `${config().url}/`).href,
        message: `${project}/${name} ${message}`,
      }
    },
  )
}

const eventShape = z
  .object({
    id: z.string(),
    eventType: z.enum([
      'approved_by_user',
      'unapproved_by_user',
      'commented',
      'description_updated',
      'revision_added',
      'status_changed',
    ]),
    createdAt: z.string(),
    createdBy: userShape,
    comment: z.string(),
    revisionNumber: z.number().int().optional(),
    status: statusShape.optional(),
  })
  .meta({ id: 'ChangeRequestEvent' })

function conversationRoutes(api: Api): void {
  api.post(
    `${requests}/:id/comments`,
    {
      schema: {
        summary: 'Comment on a change request',
        params: requestParams,
        body: z.object({ comment: text }),
        response: { 204: noContent, ...conflicts },
      },
    },
    async (request, reply) => {
      await commentOnChangeRequest(actorOf(request), { ...request.params, ...request.body })
      return reply.code(204).send()
    },
  )
  api.get(
    `${requests}/:id/events`,
    {
      schema: {
        summary: 'List the events of a change request',
        params: requestParams,
        querystring: pageQuery,
        response: {
          200: z.object({ events: z.array(eventShape), continuationToken: z.string().nullable() }),
          ...refusals,
        },
      },
    },
    async (request) => {
      const { count = 100, continuationToken: after = 0 } = request.query
      const { events, next } = await listRequestEvents(actorOf(request), { ...request.params, count, after })
      return { events: events.map(wireEvent), continuationToken: next === undefined ? null : String(next) }
    },
  )
}

function wireEvent({ kind, at, by, revision, ...event }: RequestEvent): z.output<typeof eventShape> {
  return {
    ...event,
    eventType: kind,
    createdAt: at,
    createdBy: wireUser(by),
    ...(revision !== undefined && { revisionNumber: revision }),
  }
}
