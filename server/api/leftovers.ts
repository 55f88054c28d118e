/** What rotations left over at services, because their call is gone from the definition. */
import * as z from 'zod'
import { discardLeftover, type Leftover, listLeftovers, readLeftover } from '@/lib/rotation/leftovers'
import { type Api, actorOf } from './api'
import { environmentParams, environmentsPath, noContent, refusals, text } from './shapes'

const all = `${environmentsPath}/:organization/:project/:name/rotate/leftovers`
const one = `${all}/:id`
const params = environmentParams.extend({ id: text })

const leftoverShape = z
  .object({
    id: z.string(),
    environmentPath: z.string(),
    rotator: z.string(),
    created: z.string(),
    orphaned: z.string().meta({ description: 'when its call was found to be gone' }),
  })
  .meta({ id: 'RotationLeftover' })

const contentShape = leftoverShape.extend({
  plan: z.unknown().meta({ description: 'what was decided, whether or not it was carried out' }),
  state: z.unknown().optional().meta({ description: 'what was made; absent when that is not known' }),
})

export function leftoverRoutes(api: Api): void {
  api.get(
    all,
    {
      schema: {
        summary: 'List what rotations left over',
        description: 'Credentials that a rotation made and that stand in no definition.',
        params: environmentParams,
        response: { 200: z.object({ leftovers: z.array(leftoverShape) }), ...refusals },
      },
    },
    async (request) => ({ leftovers: (await listLeftovers(actorOf(request), request.params)).map(wire) }),
  )
  api.post(
    `${one}/read`,
    {
      schema: {
        summary: 'Read what a rotation left over',
        description: 'Answers with plain secrets, and is recorded in the audit log.',
        params,
        response: { 200: contentShape, ...refusals },
      },
    },
    async (request) => {
      const { plan, state, ...leftover } = await readLeftover(actorOf(request), request.params)
      return { ...wire(leftover), plan, ...(state !== undefined && { state }) }
    },
  )
  api.delete(
    one,
    {
      schema: {
        summary: 'Let go what a rotation left over',
        params,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await discardLeftover(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}

function wire({ id, path, rotator, createdAt, orphanedAt }: Leftover): z.output<typeof leftoverShape> {
  return { id, environmentPath: path, rotator, created: createdAt, orphaned: orphanedAt }
}
