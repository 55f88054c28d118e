/** Revisions of an environment (http-api.md §4.6). */
import * as z from 'zod'
import { decryptDefinition, readDefinition } from '@/lib/environments/read'
import { retractRevision } from '@/lib/environments/retract'
import { listRevisions, type RevisionSummary } from '@/lib/environments/revisions'
import { sendYaml } from './answers'
import { type Api, actorOf } from './api'
import { describeRevision } from './conditions'
import {
  conflicts,
  environmentParams,
  environmentsPath,
  noContent,
  queryCount,
  queryNumber,
  refusals,
  text,
  versionParams,
  yamlAnswer,
} from './shapes'

const versions = `${environmentsPath}/:organization/:project/:name/versions`

const revisionShape = z
  .object({
    number: z.number().int(),
    created: z.string(),
    creatorLogin: z.string(),
    creatorName: z.string(),
    tags: z.array(z.string()),
    retracted: z
      .object({
        replacement: z.number().int(),
        at: z.string(),
        byLogin: z.string(),
        byName: z.string(),
        reason: text,
      })
      .optional()
      .meta({ description: 'only on revisions that were retracted' }),
    sourceChangeRequest: z
      .object({ id: z.string(), description: z.string() })
      .optional()
      .meta({ description: 'only on revisions that were approved as a change request' }),
  })
  .meta({ id: 'Revision' })

export function versionRoutes(api: Api): void {
  listRoute(api)
  readRoutes(api)
  retractRoute(api)
}

function listRoute(api: Api): void {
  api.get(
    versions,
    {
      schema: {
        summary: 'List revisions, the newest first',
        params: environmentParams,
        querystring: z.object({
          before: queryNumber({ least: 0, most: 2 ** 31 }),
          count: queryCount,
        }),
        response: { 200: z.array(revisionShape), ...refusals },
      },
    },
    async (request) => {
      const revisions = await listRevisions(actorOf(request), { ...request.params, ...request.query })
      return revisions.map(wireRevision)
    },
  )
}

/** Strict clients refuse members they do not know, so there is no message on the wire (http-api.md trap 9). */
function wireRevision({
  message: _,
  createdAt,
  ...revision
}: RevisionSummary): z.output<typeof revisionShape> {
  return { ...revision, created: createdAt }
}

function readRoutes(api: Api): void {
  const response = { 200: yamlAnswer, ...refusals }
  api.get(
    `${versions}/:version`,
    { schema: { summary: 'Read the definition of a revision', params: versionParams, response } },
    async (request, reply) => {
      const content = await readDefinition(actorOf(request), request.params)
      return sendYaml(describeRevision(reply, content), content.definition)
    },
  )
  api.get(
    `${versions}/:version/decrypt`,
    {
      schema: {
        summary: 'Read the definition of a revision with its secrets',
        params: versionParams,
        response,
      },
    },
    async (request, reply) => {
      const content = await decryptDefinition(actorOf(request), request.params)
      return sendYaml(describeRevision(reply, content), content.definition)
    },
  )
}

function retractRoute(api: Api): void {
  api.post(
    `${versions}/:version/retract`,
    {
      schema: {
        summary: 'Retract a revision',
        description:
          'Whoever asks for it gets its replacement, which is the nearest earlier revision when absent.',
        params: versionParams,
        body: z.object({
          replacement: z.number().int().positive().nullish(),
          reason: text.max(1000).nullish(),
        }),
        response: { 204: noContent, ...conflicts },
      },
    },
    async (request, reply) => {
      const { replacement, reason } = request.body
      const retract = { replacement: replacement ?? undefined, reason: reason ?? undefined }
      await retractRevision(actorOf(request), { ...request.params, ...retract })
      return reply.code(204).send()
    },
  )
}
