/** What definitions can call, and the built-in `context` (http-api.md §4). */
import * as z from 'zod'
import { contextSchema } from '@/lib/environments/context-schema'
import { Failure } from '@/lib/failure'
import { listProviders, providerRegistry } from '@/lib/providers/registry'
import { listRotators } from '@/lib/rotators/registry'
import { type Api, actorOf } from './api'
import { refusals, text } from './shapes'

const schemaShape = z
  .object({
    name: z.string(),
    description: z.string(),
    inputs: z.unknown().meta({ description: 'a schema of the environment language' }),
    outputs: z.unknown().meta({ description: 'a schema of the environment language' }),
  })
  .meta({ id: 'ProviderSchema' })

const nameParams = z.object({ name: text })

export function providerRoutes(api: Api): void {
  api.get(
    '/api/esc/providers',
    {
      schema: {
        summary: 'List providers',
        querystring: z.object({ orgName: text.optional() }),
        response: { 200: z.object({ providers: z.array(z.string()) }), ...refusals },
      },
    },
    async (request) => {
      actorOf(request)
      return { providers: listProviders().map(({ name }) => name) }
    },
  )
  api.get(
    '/api/esc/providers/:name/schema',
    {
      schema: {
        summary: 'Read what a provider takes and gives',
        params: nameParams,
        response: { 200: schemaShape, ...refusals },
      },
    },
    async (request) => {
      const provider = providerRegistry.provider(request.params.name)
      if (!provider) throw new Failure('not_found', 'Not Found: provider')
      const { description = '', inputs, outputs } = provider.schema()
      return { name: provider.name, description, inputs, outputs }
    },
  )
  rotatorRoutes(api)
  api.get(
    '/api/esc/context/schema',
    {
      schema: {
        summary: 'Read what `context` holds',
        response: { 200: z.object({ schema: z.unknown() }), ...refusals },
      },
    },
    async () => ({ schema: contextSchema }),
  )
}

function rotatorRoutes(api: Api): void {
  api.get(
    '/api/esc/rotators',
    {
      schema: {
        summary: 'List rotators',
        querystring: z.object({ orgName: text.optional() }),
        response: { 200: z.object({ rotators: z.array(z.string()) }), ...refusals },
      },
    },
    async () => ({ rotators: listRotators().map(({ name }) => name) }),
  )
  api.get(
    '/api/esc/rotators/:name/schema',
    {
      schema: {
        summary: 'Read what a rotator takes and gives',
        params: nameParams,
        response: { 200: schemaShape, ...refusals },
      },
    },
    async (request) => {
      const rotator = providerRegistry.rotator(request.params.name)
      if (!rotator) throw new Failure('not_found', 'Not Found: rotator')
      const { description = '', inputs, outputs } = rotator.schema()
      return { name: rotator.name, description, inputs, outputs }
    },
  )
}
