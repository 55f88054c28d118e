/** Drafts (http-api.md §6.1). */
import * as z from 'zod'
import { createDraft, type DraftSummary, openDraft, readDraft, updateDraft } from '@/lib/approvals/drafts'
import { sendYaml } from './answers'
import { type Api, actorOf } from './api'
import { askedEtag } from './conditions'
import { queryDuration } from './duration'
import { errorShape } from './errors'
import { answerOpen, askedOf, openAnswer } from './open'
import {
  conflicts,
  definitionBody,
  environmentParams,
  environmentsPath,
  queryNumber,
  refusals,
  takesYaml,
  text,
  yamlAnswer,
} from './shapes'

const drafts = `${environmentsPath}/:organization/:project/:name/drafts`
const draftParams = environmentParams.extend({ id: text })
const revision = queryNumber({ least: 1, most: 2 ** 31 })

const draftShape = z
  .object({ changeRequestId: z.string(), latestRevisionNumber: z.number().int() })
  .meta({ id: 'DraftReference' })

const written = { 200: draftShape, 413: errorShape, ...conflicts }

export function draftRoutes(api: Api): void {
  writeRoutes(api)
  readRoutes(api)
}

function writeRoutes(api: Api): void {
  api.post(
    drafts,
    {
      config: { body: 'yaml' },
      schema: {
        ...takesYaml,
        summary: 'Draft a change of the definition',
        description: 'Conditional on the etag of the environment, in `ETag` or `If-Match`.',
        params: environmentParams,
        body: definitionBody,
        response: written,
      },
    },
    async (request) => {
      const draft = { definition: request.body, etag: askedEtag(request) }
      return wireDraft(await createDraft(actorOf(request), { ...request.params, ...draft }))
    },
  )
  api.patch(
    `${drafts}/:id`,
    {
      config: { body: 'yaml' },
      schema: {
        ...takesYaml,
        summary: 'Change a draft',
        description: 'Conditional on the etag of the draft, in `If-Match`.',
        params: draftParams,
        body: definitionBody,
        response: written,
      },
    },
    async (request) => {
      const draft = { definition: request.body, etag: askedEtag(request) }
      return wireDraft(await updateDraft(actorOf(request), { ...request.params, ...draft }))
    },
  )
}

function wireDraft({ id, latestRevision }: DraftSummary): z.output<typeof draftShape> {
  return { changeRequestId: id, latestRevisionNumber: latestRevision }
}

function readRoutes(api: Api): void {
  api.get(
    `${drafts}/:id`,
    {
      schema: {
        summary: 'Read a draft',
        params: draftParams,
        querystring: z.object({ revision }),
        response: { 200: yamlAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { definition, etag } = await readDraft(actorOf(request), { ...request.params, ...request.query })
      return sendYaml(reply.header('etag', `"${etag}"`), definition)
    },
  )
  api.post(
    `${drafts}/:id/open`,
    {
      schema: {
        summary: 'Open a draft',
        params: draftParams,
        querystring: z.object({ revision, duration: queryDuration }),
        response: { 200: openAnswer, ...conflicts },
      },
    },
    async (request, reply) => {
      const open = { ...request.params, revision: request.query.revision, ...askedOf(request, reply) }
      return answerOpen(reply, openDraft(actorOf(request), open), request.params)
    },
  )
}
