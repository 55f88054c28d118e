/** Asking for access to open (http-api.md §6.4). */
import * as z from 'zod'
import {
  defaultTimes,
  type OpenRequestSummary,
  readOpenRequest,
  requestOpen,
  updateOpenRequest,
} from '@/lib/approvals/open-requests'
import { type Api, actorOf } from './api'
import { conflicts, environmentParams, environmentsPath, text } from './shapes'

const open = `${environmentsPath}/:organization/:project/:name/open/request`
const requestParams = environmentParams.extend({ id: text })
const seconds = z.number().int().positive().nullish()
const times = z.object({ grantExpirationSeconds: seconds, accessDurationSeconds: seconds })

const createdShape = z.object({
  changeRequests: z.array(
    z.object({
      projectName: z.string(),
      environmentName: z.string(),
      changeRequestId: z.string(),
      latestRevisionNumber: z.number().int(),
      etag: z.string(),
    }),
  ),
})

const requestShape = z
  .object({
    changeRequestId: z.string(),
    latestRevisionNumber: z.number().int(),
    etag: z.string(),
    grantExpirationSeconds: z.number().int(),
    accessDurationSeconds: z.number().int(),
  })
  .meta({ id: 'OpenRequest' })

export function openRequestRoutes(api: Api): void {
  api.post(
    open,
    {
      schema: {
        summary: 'Ask for access to open',
        description: 'One request for each environment that the caller cannot open, imports included.',
        params: environmentParams,
        body: times.extend({ description: text.nullish() }),
        response: { 200: createdShape, ...conflicts },
      },
    },
    async (request) => {
      const description = request.body.description ?? ''
      const asked = { ...request.params, ...timesOf(request.body), description }
      const created = await requestOpen(actorOf(request), asked)
      return { changeRequests: created.map(wireCreated) }
    },
  )
  const response = { 200: requestShape, ...conflicts }
  api.get(
    `${open}/:id`,
    { schema: { summary: 'Read a request for access', params: requestParams, response } },
    async (request) => wireRequest(await readOpenRequest(actorOf(request), request.params)),
  )
  api.put(
    `${open}/:id`,
    {
      schema: {
        summary: 'Ask for access for other times',
        description: 'What was approved before is void.',
        params: requestParams,
        body: times,
        response,
      },
    },
    async (request) => {
      const asked = { ...request.params, ...timesOf(request.body) }
      return wireRequest(await updateOpenRequest(actorOf(request), asked))
    },
  )
}

function timesOf({ grantExpirationSeconds, accessDurationSeconds }: z.output<typeof times>) {
  return {
    grantExpirationSeconds: grantExpirationSeconds ?? defaultTimes.grantExpirationSeconds,
    accessDurationSeconds: accessDurationSeconds ?? defaultTimes.accessDurationSeconds,
  }
}

function wireCreated({ project, name, id, latestRevision, etag }: OpenRequestSummary) {
  const place = { projectName: project, environmentName: name }
  return { ...place, changeRequestId: id, latestRevisionNumber: latestRevision, etag }
}

function wireRequest(request: OpenRequestSummary): z.output<typeof requestShape> {
  const { id, latestRevision, etag, grantExpirationSeconds, accessDurationSeconds } = request
  return {
    changeRequestId: id,
    latestRevisionNumber: latestRevision,
    etag,
    grantExpirationSeconds,
    accessDurationSeconds,
  }
}
