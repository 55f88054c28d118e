/** Revision tags (http-api.md §4.6). */
import * as z from 'zod'
import {
  createRevisionTag,
  deleteRevisionTag,
  listRevisionTags,
  moveRevisionTag,
  type RevisionTagSummary,
  readRevisionTag,
} from '@/lib/environments/revision-tags'
import { type Api, actorOf } from './api'
import {
  conflicts,
  environmentParams,
  environmentsPath,
  noContent,
  queryCount,
  queryText,
  refusals,
  text,
  versionParams,
} from './shapes'

const versions = `${environmentsPath}/:organization/:project/:name/versions`

const tagShape = z
  .object({
    name: z.string(),
    revision: z.number().int(),
    created: z.string(),
    modified: z.string(),
    editorLogin: z.string(),
    editorName: z.string(),
  })
  .meta({ id: 'RevisionTag' })

const tagPage = z.object({
  tags: z.array(tagShape),
  nextToken: z
    .string()
    .meta({ description: 'always empty: the list ends with an empty page (after = last name)' }),
})

const tagParams = environmentParams.extend({ tag: text })
const pageQuery = z.object({ after: queryText, count: queryCount })
const revision = z.number().int().positive().nullish()

export function revisionTagRoutes(api: Api): void {
  listTagRoutes(api)
  readTagRoute(api)
  writeTagRoutes(api)
}

function listTagRoutes(api: Api): void {
  const schema = { querystring: pageQuery, response: { 200: tagPage, ...refusals } }
  api.get(
    `${versions}/tags`,
    { schema: { ...schema, summary: 'List revision tags', params: environmentParams } },
    async (request) =>
      wirePage(await listRevisionTags(actorOf(request), { ...request.params, ...request.query })),
  )
  api.get(
    `${versions}/:version/tags`,
    { schema: { ...schema, summary: 'List the tags of a revision', params: versionParams } },
    async (request) =>
      wirePage(await listRevisionTags(actorOf(request), { ...request.params, ...request.query })),
  )
}

function wirePage(tags: RevisionTagSummary[]): z.output<typeof tagPage> {
  return { tags: tags.map(wireTag), nextToken: '' }
}

function wireTag({ createdAt, modifiedAt, ...tag }: RevisionTagSummary): z.output<typeof tagShape> {
  return { ...tag, created: createdAt, modified: modifiedAt }
}

function readTagRoute(api: Api): void {
  api.get(
    `${versions}/tags/:tag`,
    {
      schema: { summary: 'Read a revision tag', params: tagParams, response: { 200: tagShape, ...refusals } },
    },
    async (request) => wireTag(await readRevisionTag(actorOf(request), request.params)),
  )
}

function writeTagRoutes(api: Api): void {
  api.post(
    `${versions}/tags`,
    {
      schema: {
        summary: 'Tag a revision',
        params: environmentParams,
        body: z.object({ name: text, revision }),
        response: { 204: noContent, ...conflicts },
      },
    },
    async (request, reply) => {
      const { name: tag, revision: number } = request.body
      await createRevisionTag(actorOf(request), { ...request.params, tag, revision: number ?? undefined })
      return reply.code(204).send()
    },
  )
  api.patch(
    `${versions}/tags/:tag`,
    {
      schema: {
        summary: 'Move a revision tag',
        params: tagParams,
        body: z.object({ revision }),
        response: { 204: noContent, ...conflicts },
      },
    },
    async (request, reply) => {
      const number = request.body.revision ?? undefined
      await moveRevisionTag(actorOf(request), { ...request.params, revision: number })
      return reply.code(204).send()
    },
  )
  api.delete(
    `${versions}/tags/:tag`,
    {
      schema: {
        summary: 'Remove a revision tag',
        params: tagParams,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await deleteRevisionTag(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}
