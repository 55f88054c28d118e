/** Rotation and its schedules (http-api.md §7). */
import * as z from 'zod'
import {
  createSchedule,
  deleteSchedule,
  listExecutions,
  listSchedules,
  pauseSchedule,
  readSchedule,
  type ScheduleSummary,
  updateSchedule,
} from '@/lib/rotation/schedules'
import { type Api, actorOf } from './api'
import { leftoverRoutes } from './leftovers'
import { rotateRoutes } from './rotate'
import { conflicts, environmentParams, environmentsPath, noContent, refusals, text } from './shapes'

const one = `${environmentsPath}/:organization/:project/:name`
const scheduleParams = environmentParams.extend({ id: text })

const scheduleShape = z
  .object({
    id: z.string(),
    orgID: z.string(),
    kind: z.literal('environment_rotation'),
    paused: z.boolean(),
    created: z.string(),
    modified: z.string(),
    lastExecuted: z.string().meta({ description: 'empty = never' }),
    nextExecution: z.string().meta({ description: 'empty = not planned' }),
    definition: z.object({ environmentPath: z.string() }),
    scheduleCron: z.string().optional(),
    scheduleOnce: z.string().optional(),
  })
  .meta({ id: 'EnvironmentSchedule' })

const scheduleBody = z.object({
  scheduleCron: text.nullish(),
  scheduleOnce: text.nullish(),
  secretRotationRequest: z.object({ environmentPath: text.nullish() }).nullish(),
})

export function rotationRoutes(api: Api): void {
  rotateRoutes(api)
  leftoverRoutes(api)
  readRoutes(api)
  writeRoutes(api)
  pauseRoutes(api)
}

function readRoutes(api: Api): void {
  api.get(
    `${one}/schedules`,
    {
      schema: {
        summary: 'List schedules',
        params: environmentParams,
        response: { 200: z.object({ schedules: z.array(scheduleShape) }), ...refusals },
      },
    },
    async (request) => {
      const schedules = await listSchedules(actorOf(request), request.params)
      return { schedules: schedules.map(wireSchedule) }
    },
  )
  api.get(
    `${one}/schedules/:id`,
    {
      schema: {
        summary: 'Read a schedule',
        params: scheduleParams,
        response: { 200: scheduleShape, ...refusals },
      },
    },
    async (request) => wireSchedule(await readSchedule(actorOf(request), request.params)),
  )
  historyRoute(api)
}

const executionShape = z.object({
  id: z.string(),
  scheduledActionID: z.string(),
  executed: z.string(),
  version: z.number().int(),
  result: z.string(),
})

function historyRoute(api: Api): void {
  api.get(
    `${one}/schedules/:id/history`,
    {
      schema: {
        summary: 'List what came of a schedule',
        params: scheduleParams,
        response: { 200: z.object({ scheduleHistoryEvents: z.array(executionShape) }), ...refusals },
      },
    },
    async (request) => {
      const executions = await listExecutions(actorOf(request), request.params)
      return {
        scheduleHistoryEvents: executions.map(({ id, scheduleId, at, revision, result }) => ({
          id,
          scheduledActionID: scheduleId,
          executed: at.toISOString(),
          version: revision ?? 0,
          result,
        })),
      }
    },
  )
}

function wireSchedule(schedule: ScheduleSummary): z.output<typeof scheduleShape> {
  const { id, paused, path, cron, once } = schedule
  return {
    id,
    orgID: schedule.organizationId,
    kind: 'environment_rotation',
    paused,
    created: schedule.createdAt,
    modified: schedule.modifiedAt,
    lastExecuted: schedule.lastExecutedAt ?? '',
    nextExecution: schedule.nextExecutionAt ?? '',
    definition: { environmentPath: path },
    ...(cron !== undefined && { scheduleCron: cron }),
    ...(once !== undefined && { scheduleOnce: once }),
  }
}

function writeRoutes(api: Api): void {
  const response = { 200: scheduleShape, ...conflicts }
  api.post(
    `${one}/schedules`,
    {
      schema: {
        summary: 'Schedule rotation',
        description:
          'Takes exactly one of `scheduleCron` (in UTC, times at least 15 minutes apart) and `scheduleOnce`. It runs with the rights of who last changed it, within a minute of its time; times that were missed run once.',
        params: environmentParams,
        body: scheduleBody,
        response,
      },
    },
    async (request) => {
      const schedule = { ...request.params, ...timingOf(request.body) }
      return wireSchedule(await createSchedule(actorOf(request), schedule))
    },
  )
  api.patch(
    `${one}/schedules/:id`,
    { schema: { summary: 'Change a schedule', params: scheduleParams, body: scheduleBody, response } },
    async (request) => {
      const schedule = { ...request.params, ...timingOf(request.body) }
      return wireSchedule(await updateSchedule(actorOf(request), schedule))
    },
  )
  api.delete(
    `${one}/schedules/:id`,
    {
      schema: {
        summary: 'Remove a schedule',
        params: scheduleParams,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await deleteSchedule(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}

function timingOf({ scheduleCron, scheduleOnce, secretRotationRequest }: z.output<typeof scheduleBody>) {
  return {
    cron: scheduleCron || undefined,
    once: scheduleOnce || undefined,
    path: secretRotationRequest?.environmentPath ?? undefined,
  }
}

function pauseRoutes(api: Api): void {
  for (const [verb, paused] of [
    ['pause', true],
    ['resume', false],
  ] as const) {
    api.post(
      `${one}/schedules/:id/${verb}`,
      {
        schema: {
          summary: `${verb} a schedule`,
          params: scheduleParams,
          response: { 204: noContent, ...refusals },
        },
      },
      async (request, reply) => {
        await pauseSchedule(actorOf(request), { ...request.params, paused })
        return reply.code(204).send()
      },
    )
  }
}
