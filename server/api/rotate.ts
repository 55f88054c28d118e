/** Rotating now, and what came of it (http-api.md §7). */
import * as z from 'zod'
import { listRotations, type RotationSummary } from '@/lib/rotation/history'
import { rotateEnvironment } from '@/lib/rotation/rotate'
import { type Api, actorOf } from './api'
import { diagnosticShape, wireDiagnostics } from './diagnostics'
import { conflicts, environmentParams, environmentsPath, refusals, text } from './shapes'

const one = `${environmentsPath}/:organization/:project/:name`

/** The official command line writes `Paths`, the documentation `paths` (http-api.md trap 16). */
const rotateBody = z.preprocess(
  (body) =>
    typeof body === 'object' && body !== null
      ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]))
      : body,
  z.object({ paths: z.array(text).nullish() }),
)

const eventShape = z
  .object({
    id: z.string(),
    environmentId: z.string(),
    created: z.string(),
    completed: z.string().optional(),
    preRotationRevision: z.number().int(),
    postRotationRevision: z.number().int().optional(),
    userID: z.string(),
    status: z.enum(['succeeded', 'failed', 'in_progress']),
    errorMessage: z.string().optional(),
    scheduledActionID: z.string().optional(),
    rotations: z.array(
      z.object({
        id: z.string(),
        environmentPath: z.string(),
        status: z.enum(['succeeded', 'failed']),
        errorMessage: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'SecretRotationEvent' })

const rotatedShape = z.object({
  id: z.string(),
  diagnostics: z.array(diagnosticShape),
  secretRotationEvent: eventShape,
})

export function rotateRoutes(api: Api): void {
  api.post(
    `${one}/rotate`,
    {
      schema: {
        summary: 'Rotate secrets now',
        description:
          'Rotates all secrets that the environment declares, or those at `paths`. Each fails or succeeds by itself.',
        params: environmentParams,
        body: rotateBody,
        response: { 200: rotatedShape, ...conflicts },
      },
    },
    async (request) => {
      const { paths } = request.body
      const rotate = { ...request.params, paths: paths ?? [] }
      const { event, diagnostics } = await rotateEnvironment(actorOf(request), rotate)
      return {
        id: event.id,
        diagnostics: wireDiagnostics(diagnostics),
        secretRotationEvent: wireEvent(event),
      }
    },
  )
  api.get(
    `${one}/rotate/history`,
    {
      schema: {
        summary: 'List past rotations',
        params: environmentParams,
        response: { 200: z.object({ events: z.array(eventShape) }), ...refusals },
      },
    },
    async (request) => {
      const events = await listRotations(actorOf(request), request.params)
      return { events: events.map(wireEvent) }
    },
  )
}

function wireEvent(event: RotationSummary): z.output<typeof eventShape> {
  const { id, environmentId, status, errorMessage, completedAt, postRevision, scheduleId } = event
  return {
    id,
    environmentId,
    status,
    created: event.createdAt,
    preRotationRevision: event.preRevision,
    userID: event.createdById,
    ...(completedAt !== undefined && { completed: completedAt }),
    ...(postRevision !== undefined && { postRotationRevision: postRevision }),
    ...(errorMessage !== undefined && { errorMessage }),
    ...(scheduleId !== undefined && { scheduledActionID: scheduleId }),
    rotations: event.results.map(({ path, ...result }) => ({ ...result, environmentPath: path })),
  }
}
