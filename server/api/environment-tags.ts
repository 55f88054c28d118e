/** Environment tags (http-api.md §4.7). */
import * as z from 'zod'
import {
  createEnvironmentTag,
  deleteEnvironmentTag,
  type EnvironmentTagSummary,
  listEnvironmentTags,
  listOrganizationTags,
  readEnvironmentTag,
  updateEnvironmentTag,
} from '@/lib/environments/environment-tags'
import { type Api, actorOf } from './api'
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
} from './shapes'

const tags = `${environmentsPath}/:organization/:project/:name/tags`

const tagShape = z
  .object({
    name: z.string(),
    value: z.string(),
    created: z.string(),
    modified: z.string(),
    editorLogin: z.string(),
    editorName: z.string(),
  })
  .meta({ id: 'EnvironmentTag' })

const tagPage = z.object({
  tags: z.record(z.string(), tagShape),
  nextToken: z.string().meta({ description: '"0" at the end of the list' }),
})

const tagParams = environmentParams.extend({ tag: text })

const partialTag = z.object({ name: text.nullish(), value: text.nullish() })

export function environmentTagRoutes(api: Api): void {
  listRoutes(api)
  readRoute(api)
  writeRoutes(api)
}

function listRoutes(api: Api): void {
  api.get(
    tags,
    {
      schema: {
        summary: 'List tags',
        params: environmentParams,
        querystring: z.object({ after: queryNumber({ least: 0, most: 2 ** 31 }), count: queryCount }),
        response: { 200: tagPage, ...refusals },
      },
    },
    async (request) => {
      const listing = { ...request.params, ...request.query }
      const { tags: found, next = 0 } = await listEnvironmentTags(actorOf(request), listing)
      return {
        tags: Object.fromEntries(found.map((tag) => [tag.name, wireTag(tag)])),
        nextToken: String(next),
      }
    },
  )
  api.get(
    `${environmentsPath}/:organization/tags`,
    {
      schema: {
        summary: 'List tag names and their values in an organization',
        params: organizationParams,
        response: { 200: z.record(z.string(), z.array(z.string())), ...refusals },
      },
    },
    async (request) => listOrganizationTags(actorOf(request), request.params),
  )
}

function wireTag({ createdAt, modifiedAt, ...tag }: EnvironmentTagSummary): z.output<typeof tagShape> {
  return { ...tag, created: createdAt, modified: modifiedAt }
}

function readRoute(api: Api): void {
  api.get(
    `${tags}/:tag`,
    { schema: { summary: 'Read a tag', params: tagParams, response: { 200: tagShape, ...refusals } } },
    async (request) => wireTag(await readEnvironmentTag(actorOf(request), request.params)),
  )
}

function writeRoutes(api: Api): void {
  api.post(
    tags,
    {
      schema: {
        summary: 'Add a tag',
        params: environmentParams,
        body: z.object({ name: text, value: text }),
        response: { 200: tagShape, ...conflicts },
      },
    },
    async (request) => {
      const { name: tag, value } = request.body
      return wireTag(await createEnvironmentTag(actorOf(request), { ...request.params, tag, value }))
    },
  )
  api.patch(
    `${tags}/:tag`,
    {
      schema: {
        summary: 'Change a tag',
        description: 'Applies only while the value is `currentTag.value`. What is empty in `newTag` is kept.',
        params: tagParams,
        body: z.object({ currentTag: partialTag.default({}), newTag: partialTag.default({}) }),
        response: { 200: tagShape, ...conflicts },
      },
    },
    async (request) => {
      const { currentTag, newTag } = request.body
      const change = {
        currentValue: currentTag.value ?? undefined,
        newName: newTag.name ?? undefined,
        newValue: newTag.value ?? undefined,
      }
      return wireTag(await updateEnvironmentTag(actorOf(request), { ...request.params, ...change }))
    },
  )
  api.delete(
    `${tags}/:tag`,
    { schema: { summary: 'Remove a tag', params: tagParams, response: { 204: noContent, ...refusals } } },
    async (request, reply) => {
      await deleteEnvironmentTag(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}
