/** Environments as a whole: list, create, read, update, delete (http-api.md §4). */
import * as z from 'zod'
import { createEnvironment } from '@/lib/environments/create'
import { deleteEnvironment } from '@/lib/environments/delete'
import { type EnvironmentPage, listEnvironments } from '@/lib/environments/list'
import { decryptDefinition, readDefinition } from '@/lib/environments/read'
import { saveEnvironment } from '@/lib/environments/save'
import type { EnvironmentSummary } from '@/lib/environments/summary'
import { emptyStatus, sendYaml } from './answers'
import { type Api, actorOf } from './api'
import { askedEtag, describeRevision } from './conditions'
import { diagnosticShape, someDiagnostics } from './diagnostics'
import { errorShape } from './errors'
import {
  conflicts,
  definitionBody,
  environmentParams,
  environmentsPath,
  noContent,
  organizationParams,
  queryNumber,
  queryText,
  refusals,
  takesYaml,
  text,
  userShape,
  wireUser,
  yamlAnswer,
} from './shapes'

const one = `${environmentsPath}/:organization/:project/:name`

export const environmentShape = z
  .object({
    id: z.string(),
    organization: z.string(),
    project: z.string(),
    name: z.string(),
    created: z.string(),
    modified: z.string(),
    ownedBy: userShape,
    settings: z.object({ deletionProtected: z.boolean() }),
    tags: z.record(z.string(), z.string()),
    referrerMetadata: z.object({
      environmentReferrerCount: z.number(),
      stackReferrerCount: z.number(),
      insightsAccountReferrerCount: z.number(),
    }),
    links: z.object({ self: z.string() }),
  })
  .meta({ id: 'Environment' })

const environmentPage = z.object({
  environments: z.array(environmentShape),
  nextToken: z.string().optional(),
})

const pageQuery = z.object({
  continuationToken: queryText,
  maxResults: queryNumber({ least: 1, most: 500 }),
  organization: queryText,
})

export function environmentRoutes(api: Api): void {
  listRoutes(api)
  createRoute(api)
  readRoutes(api)
  updateRoute(api)
  deleteRoute(api)
}

function listRoutes(api: Api): void {
  api.get(
    environmentsPath,
    {
      schema: {
        summary: 'List environments of every organization',
        querystring: pageQuery,
        response: { 200: environmentPage, ...refusals },
      },
    },
    async (request) => {
      const { continuationToken: cursor, maxResults: limit, organization } = request.query
      return wirePage(await listEnvironments(actorOf(request), { cursor, limit, organization }))
    },
  )
  api.get(
    `${environmentsPath}/:organization`,
    {
      schema: {
        summary: 'List environments of an organization',
        params: organizationParams,
        querystring: pageQuery.omit({ organization: true }),
        response: { 200: environmentPage, ...refusals },
      },
    },
    async (request) => {
      const { continuationToken: cursor, maxResults: limit } = request.query
      return wirePage(await listEnvironments(actorOf(request), { cursor, limit, ...request.params }))
    },
  )
}

function wirePage({ environments, next }: EnvironmentPage): z.output<typeof environmentPage> {
  return { environments: environments.map(wireEnvironment), ...(next !== undefined && { nextToken: next }) }
}

export function wireEnvironment(environment: EnvironmentSummary): z.output<typeof environmentShape> {
  const { id, organization, project, name, tags, deletionProtected } = environment
  return {
    id,
    organization,
    project,
    name,
    created: environment.createdAt,
    modified: environment.modifiedAt,
    ownedBy: wireUser(environment.owner),
    settings: { deletionProtected },
    tags,
    referrerMetadata: {
      environmentReferrerCount: environment.usedBy,
      stackReferrerCount: 0,
      insightsAccountReferrerCount: 0,
    },
    links: { self: `${environmentsPath}/${[organization, project, name].map(encodeURIComponent).join('/')}` },
  }
}

function createRoute(api: Api): void {
  api.post(
    `${environmentsPath}/:organization`,
    {
      schema: {
        summary: 'Create an environment',
        params: organizationParams,
        body: z.object({ project: text, name: text }),
        response: { 200: noContent, 204: noContent, ...conflicts },
      },
    },
    async (request, reply) => {
      const { project, name } = request.body
      await createEnvironment(actorOf(request), { ...request.params, project, name })
      return reply.code(emptyStatus(request)).send()
    },
  )
}

function readRoutes(api: Api): void {
  const answers = { 200: yamlAnswer, ...refusals }
  api.get(
    one,
    {
      config: { asksAtOnce: true },
      schema: { summary: 'Read the definition', params: environmentParams, response: answers },
    },
    async (request, reply) => {
      const content = await readDefinition(actorOf(request), request.params)
      return sendYaml(describeRevision(reply, content), content.definition)
    },
  )
  api.head(
    one,
    {
      config: { asksAtOnce: true },
      schema: {
        summary: 'Read the etag',
        params: environmentParams,
        response: { 200: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      const content = await readDefinition(actorOf(request), request.params)
      return describeRevision(reply, content).type('application/x-yaml').send()
    },
  )
  api.get(
    `${one}/decrypt`,
    {
      schema: {
        summary: 'Read the definition with its secrets',
        params: environmentParams,
        response: answers,
      },
    },
    async (request, reply) => {
      const content = await decryptDefinition(actorOf(request), request.params)
      return sendYaml(describeRevision(reply, content), content.definition)
    },
  )
}

function updateRoute(api: Api): void {
  api.patch(
    one,
    {
      config: { body: 'yaml' },
      schema: {
        ...takesYaml,
        summary: 'Update the definition',
        description:
          'Answers with warnings only. `If-Match`, or `ETag` as the official command line sends it, makes the update ' +
          'conditional: 409 when the environment has changed.',
        params: environmentParams,
        body: definitionBody,
        response: {
          200: z.object({ diagnostics: z.array(diagnosticShape).optional() }),
          413: errorShape,
          ...conflicts,
        },
      },
    },
    async (request, reply) => {
      const saved = await saveEnvironment(actorOf(request), {
        ...request.params,
        definition: request.body,
        etag: askedEtag(request),
      })
      describeRevision(reply, saved)
      return someDiagnostics(saved.diagnostics)
    },
  )
}

function deleteRoute(api: Api): void {
  api.delete(
    one,
    {
      schema: {
        summary: 'Delete the environment',
        params: environmentParams,
        response: { 200: noContent, 204: noContent, ...conflicts },
      },
    },
    async (request, reply) => {
      await deleteEnvironment(actorOf(request), request.params)
      return reply.code(emptyStatus(request)).send()
    },
  )
}
