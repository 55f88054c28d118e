/** Cloning environments and restoring deleted ones (http-api.md §4, §4.4). */
import * as z from 'zod'
import { cloneEnvironment } from '@/lib/environments/clone'
import { listDeleted, restoreEnvironment } from '@/lib/environments/deleted'
import { type Api, actorOf } from './api'
import { environmentShape, wireEnvironment } from './environments'
import {
  conflicts,
  environmentParams,
  environmentsPath,
  noContent,
  organizationParams,
  refusals,
  text,
} from './shapes'

export function copyRoutes(api: Api): void {
  cloneRoute(api)
  deletedRoutes(api)
}

function cloneRoute(api: Api): void {
  api.post(
    `${environmentsPath}/:organization/:project/:name/clone`,
    {
      schema: {
        summary: 'Copy the environment',
        description: 'Secrets are sealed anew for the copy. Needs the right to open the source.',
        params: environmentParams,
        body: z.object({
          project: text.nullish().meta({ description: "the source's project when absent" }),
          name: text,
          version: z.number().int().positive().nullish(),
          preserveHistory: z.boolean().nullish(),
          preserveAccess: z.boolean().nullish(),
          preserveEnvironmentTags: z.boolean().nullish(),
          preserveRevisionTags: z.boolean().nullish(),
        }),
        response: { 204: noContent, ...conflicts },
      },
    },
    async (request, reply) => {
      const { project, name, version, ...switches } = request.body
      await cloneEnvironment(actorOf(request), {
        ...request.params,
        to: { project: project ?? undefined, name },
        version: version ?? undefined,
        preserveHistory: switches.preserveHistory ?? false,
        preserveAccess: switches.preserveAccess ?? false,
        preserveEnvironmentTags: switches.preserveEnvironmentTags ?? false,
        preserveRevisionTags: switches.preserveRevisionTags ?? false,
      })
      return reply.code(204).send()
    },
  )
}

const deletedPage = z.object({ environments: z.array(environmentShape.extend({ deletedAt: z.string() })) })

function deletedRoutes(api: Api): void {
  const path = `${environmentsPath}/:organization/restore`
  api.get(
    path,
    {
      schema: {
        summary: 'List deleted environments that can be restored',
        params: organizationParams,
        response: { 200: deletedPage, ...refusals },
      },
    },
    async (request) => {
      const deleted = await listDeleted(actorOf(request), request.params)
      return { environments: deleted.map((one) => ({ ...wireEnvironment(one), deletedAt: one.deletedAt })) }
    },
  )
  api.put(
    path,
    {
      schema: {
        summary: 'Restore a deleted environment',
        params: organizationParams,
        body: z.object({
          project: text,
          name: text,
          deletionTimestamp: text.meta({ description: '`deletedAt` of the list' }),
        }),
        response: { 204: noContent, ...conflicts },
      },
    },
    async (request, reply) => {
      const { project, name, deletionTimestamp: deletedAt } = request.body
      await restoreEnvironment(actorOf(request), { ...request.params, project, name, deletedAt })
      return reply.code(204).send()
    },
  )
}
