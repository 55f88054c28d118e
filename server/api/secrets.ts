/** Sealing and opening single values with an environment's key (http-api.md §4). */
import * as z from 'zod'
import { decryptValues, encryptValues } from '@/lib/environments/values'
import { type Api, actorOf } from './api'
import { errorShape } from './errors'
import { environmentParams, environmentsPath, refusals } from './shapes'

const one = `${environmentsPath}/:organization/:project/:name`
const plaintexts = z.object({ plaintexts: z.array(z.string()) })
const ciphertexts = z.object({ ciphertexts: z.array(z.string()) })

export function secretRoutes(api: Api): void {
  api.post(
    `${one}/encrypt-secrets`,
    {
      schema: {
        summary: 'Seal values for this environment',
        params: environmentParams,
        body: plaintexts,
        response: { 200: ciphertexts, 413: errorShape, ...refusals },
      },
    },
    async (request) => ({
      ciphertexts: await encryptValues(actorOf(request), { ...request.params, ...request.body }),
    }),
  )
  api.post(
    `${one}/decrypt-secrets`,
    {
      schema: {
        summary: 'Open values that this environment sealed',
        params: environmentParams,
        body: ciphertexts,
        response: { 200: plaintexts, 413: errorShape, ...refusals },
      },
    },
    async (request) => ({
      plaintexts: await decryptValues(actorOf(request), { ...request.params, ...request.body }),
    }),
  )
}
