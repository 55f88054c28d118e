/** Revisions of an environment (http-api.md §4.6). */
import * as z from 'zod'
import { decryptDefinition, readDefinition } from '@/lib/environments/read'
import { sendYaml } from './answers'
import { type Api, actorOf } from './api'
import { describeRevision } from './conditions'
import { environmentsPath, refusals, versionParams } from './shapes'

const versions = `${environmentsPath}/:organization/:project/:name/versions`

export function versionRoutes(api: Api): void {
  readVersionRoutes(api)
}

function readVersionRoutes(api: Api): void {
  const response = { 200: z.string().meta({ description: 'the definition, YAML' }), ...refusals }
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
