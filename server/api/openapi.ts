/** `openapi.json`, made from the schemas that the routes parse with. */
import swagger from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { Api } from './api'

/** Call before any route is registered: it watches them being registered. */
export async function describeApi(api: Api): Promise<void> {
  await api.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'OpenESC',
        description: 'Environments, secrets and configuration. Compatible on the wire with Pulumi ESC.',
        version: '1',
      },
      components: {
        securitySchemes: {
          token: {
            type: 'apiKey',
            in: 'header',
            name: 'Authorization',
            description: 'The word `token`, a blank and an access token.',
          },
        },
      },
      security: [{ token: [] }],
    },
    exposeHeadRoutes: true,
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  for (const path of ['/api/openapi.json', '/api/openapi/pulumi-spec.json']) {
    api.get(path, { config: { public: true }, schema: { hide: true } }, async () => api.swagger())
  }
}
