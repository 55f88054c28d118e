/** Settings, metadata, ownership and referrers of an environment (http-api.md §4, §4.5, §4.8). */
import * as z from 'zod'
import { type ApprovalState, approvalState } from '@/lib/approvals/state'
import { readEnvironment } from '@/lib/environments/read'
import { listReferrers, type Referrer } from '@/lib/environments/referrers'
import { readSettings, transferOwnership, updateSettings } from '@/lib/environments/settings'
import { type Api, actorOf } from './api'
import {
  environmentParams,
  environmentsPath,
  queryCount,
  queryFlag,
  queryNumber,
  refusals,
  text,
  userShape,
  versionParams,
  wireUser,
} from './shapes'

const one = `${environmentsPath}/:organization/:project/:name`

const settingsShape = z.object({ deletionProtected: z.boolean() }).meta({ id: 'EnvironmentSettings' })

export function settingsRoutes(api: Api): void {
  settingRoutes(api)
  ownerRoutes(api)
  referrerRoutes(api)
}

function settingRoutes(api: Api): void {
  const response = { 200: settingsShape, ...refusals }
  api.get(
    `${one}/settings`,
    { schema: { summary: 'Read settings', params: environmentParams, response } },
    async (request) => readSettings(actorOf(request), request.params),
  )
  api.patch(
    `${one}/settings`,
    {
      schema: {
        summary: 'Change settings',
        description: 'What is absent stays.',
        params: environmentParams,
        body: z.object({ deletionProtected: z.boolean().nullish() }),
        response,
      },
    },
    async (request) => {
      const deletionProtected = request.body.deletionProtected ?? undefined
      return updateSettings(actorOf(request), { ...request.params, deletionProtected })
    },
  )
}

const metadataShape = z
  .object({
    id: z.string(),
    ownedBy: userShape,
    oidcSubjectV2: z.string().meta({ description: 'the subject of v2 identity tokens' }),
    gatedActions: z.array(z.enum(['update', 'open'])).optional(),
    activeChangeRequest: z
      .object({ changeRequestId: z.string(), latestRevisionNumber: z.number().int() })
      .optional(),
    openRequestNeeded: z.boolean().optional().meta({ description: 'a gate keeps the caller from opening' }),
  })
  .meta({ id: 'EnvironmentMetadata' })

function wireState({ gatedActions, activeChangeRequest: active, openRequestNeeded }: ApprovalState) {
  return {
    ...(gatedActions.length > 0 && { gatedActions }),
    ...(active && {
      activeChangeRequest: { changeRequestId: active.id, latestRevisionNumber: active.latestRevision },
    }),
    ...(openRequestNeeded && { openRequestNeeded }),
  }
}

function ownerRoutes(api: Api): void {
  api.get(
    `${one}/metadata`,
    {
      schema: {
        summary: 'Read id, owner and what needs approval',
        params: environmentParams,
        response: { 200: metadataShape, ...refusals },
      },
    },
    async (request) => {
      const { environment, identity } = await readEnvironment(actorOf(request), request.params)
      const state = await approvalState(actorOf(request), request.params)
      const { id, owner } = environment
      return { id, ownedBy: wireUser(owner), oidcSubjectV2: identity.v2.subject, ...wireState(state) }
    },
  )
  api.post(
    `${one}/ownership`,
    {
      schema: {
        summary: 'Make another member the owner',
        description: 'Answers with the previous owner.',
        params: environmentParams,
        body: z.object({ githubLogin: text }),
        response: { 200: userShape, ...refusals },
      },
    },
    async (request) => {
      const change = { ...request.params, login: request.body.githubLogin }
      return wireUser(await transferOwnership(actorOf(request), change))
    },
  )
}

const referrerShape = z.object({
  environment: z.object({ project: z.string(), name: z.string(), revision: z.number().int() }),
})

const referrerPage = z.object({
  referrers: z
    .record(z.string(), z.array(referrerShape))
    .meta({ description: 'by the revision tag or number of this environment that is referred to' }),
  continuationToken: z.string(),
})

const referrerQuery = z.object({
  count: queryCount,
  allRevisions: queryFlag,
  latestStackVersionOnly: queryFlag,
  continuationToken: queryNumber({ least: 0, most: 2 ** 31 }),
})

function referrerRoutes(api: Api): void {
  const schema = {
    summary: 'List environments that import or reference this one',
    querystring: referrerQuery,
    response: { 200: referrerPage, ...refusals },
  }
  api.get(`${one}/referrers`, { schema: { ...schema, params: environmentParams } }, async (request) => {
    const { continuationToken: after, count, allRevisions } = request.query
    return wireReferrers(
      await listReferrers(actorOf(request), { ...request.params, after, count, allRevisions }),
    )
  })
  api.get(
    `${one}/versions/:version/referrers`,
    { schema: { ...schema, params: versionParams } },
    async (request) => {
      const { continuationToken: after, count, allRevisions } = request.query
      const listing = { ...request.params, after, count, allRevisions }
      return wireReferrers(await listReferrers(actorOf(request), listing))
    },
  )
}

function wireReferrers({ referrers, next }: { referrers: Record<string, Referrer[]>; next?: number }) {
  const groups = Object.entries(referrers).map(([version, some]) => {
    return [version, some.map((environment) => ({ environment }))] as const
  })
  return { referrers: Object.fromEntries(groups), continuationToken: next === undefined ? '' : String(next) }
}
