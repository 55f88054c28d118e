/** Opening environments and reading what was opened (http-api.md §5.2). */
import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { type Opened, type OpenRequest, openDefinition, openEnvironment } from '@/lib/environments/open'
import {
  closeOpenSession,
  type ReadSession,
  readAnonymousProperty,
  readAnonymousSession,
  readOpenProperty,
  readOpenSession,
} from '@/lib/environments/open-session'
import { isFailure } from '@/lib/failure'
import type { ExportedValue } from '@/lib/language'
import { sendValues } from './answers'
import { type Api, actorOf } from './api'
import { cancellation } from './cancellation'
import { diagnosticShape, renameRoot, someDiagnostics } from './diagnostics'
import { queryDuration } from './duration'
import { errorShape } from './errors'
import { applyRepresentation, wantsRepresentation } from './preferences'
import {
  conflicts,
  definitionBody,
  environmentParams,
  environmentsPath,
  noContent,
  organizationParams,
  queryText,
  refusals,
  takesYaml,
  text,
  versionParams,
} from './shapes'
import { openedShape, valueShape, wireProperties, wireValue } from './values'

const one = `${environmentsPath}/:organization/:project/:name`
const unsaved = `${environmentsPath}/:organization/yaml/open`

export const openAnswer = z
  .object({
    id: z.string(),
    diagnostics: z
      .array(diagnosticShape)
      .optional()
      .meta({ description: 'warnings, only when there are any' }),
    properties: openedShape.shape.properties.meta({
      description: 'the values, only with `Prefer: return=representation`',
    }),
  })
  .meta({ id: 'OpenSession' })

const openQuery = z.object({
  duration: queryDuration.meta({
    description: 'how long the session is wanted, as a Go duration; 2h when absent',
  }),
})

/** How long the session is wanted, whether its values are wanted now, and when nobody waits for it any more. */
export function askedOf(
  request: FastifyRequest & { query: z.output<typeof openQuery> },
  reply: FastifyReply,
): Pick<OpenRequest, 'durationSeconds' | 'withValues' | 'signal'> {
  const { duration: durationSeconds } = request.query
  return { durationSeconds, withValues: wantsRepresentation(request), signal: cancellation(reply) }
}

const openAnswers = { 200: openAnswer, 413: errorShape, ...conflicts }
const readQuery = z.object({ property: queryText })
const readAnswers = { 200: z.union([openedShape, valueShape]), ...refusals }

export function openRoutes(api: Api): void {
  openStoredRoutes(api)
  openUnsavedRoutes(api)
  // Every SDK reads single properties with a doubled slash (http-api.md trap 3).
  for (const path of [`${one}/open/:id`, `${one}/open//:id`]) sessionRoutes(api, path)
}

function openStoredRoutes(api: Api): void {
  api.post(
    `${one}/open`,
    {
      config: { asksAtOnce: true },
      schema: {
        summary: 'Open the environment',
        params: environmentParams,
        querystring: openQuery,
        response: openAnswers,
      },
    },
    async (request, reply) => {
      const open = { ...request.params, ...askedOf(request, reply) }
      return answerOpen(reply, openEnvironment(actorOf(request), open), request.params)
    },
  )
  api.post(
    `${one}/versions/:version/open`,
    {
      config: { asksAtOnce: true },
      schema: {
        summary: 'Open a revision of the environment',
        params: versionParams,
        querystring: openQuery,
        response: openAnswers,
      },
    },
    async (request, reply) => {
      const open = { ...request.params, ...askedOf(request, reply) }
      return answerOpen(reply, openEnvironment(actorOf(request), open), request.params)
    },
  )
}

function openUnsavedRoutes(api: Api): void {
  api.post(
    unsaved,
    {
      config: { body: 'yaml' },
      schema: {
        ...takesYaml,
        summary: 'Open a definition that is not stored',
        params: organizationParams,
        querystring: openQuery,
        body: definitionBody,
        response: openAnswers,
      },
    },
    async (request, reply) => {
      const open = { ...request.params, ...askedOf(request, reply), definition: request.body }
      return sendOpened(reply, await openDefinition(actorOf(request), open))
    },
  )
  api.get(
    `${unsaved}/:id`,
    {
      schema: {
        summary: 'Read what an unstored definition gave',
        params: organizationParams.extend({ id: text }),
        querystring: readQuery,
        response: readAnswers,
      },
    },
    async (request, reply) => {
      const { property } = request.query
      if (property === undefined) {
        return sendSession(reply, await readAnonymousSession(actorOf(request), request.params))
      }
      const session = { ...request.params, property }
      return sendProperty(reply, await readAnonymousProperty(actorOf(request), session))
    },
  )
}

function sessionRoutes(api: Api, path: string): void {
  const params = environmentParams.extend({ id: text })
  api.get(
    path,
    {
      config: { asksAtOnce: true },
      schema: {
        summary: 'Read what was opened, or one property of it',
        params,
        querystring: readQuery,
        response: readAnswers,
      },
    },
    async (request, reply) => {
      const { property } = request.query
      if (property === undefined) {
        return sendSession(reply, await readOpenSession(actorOf(request), request.params))
      }
      const session = { ...request.params, property }
      return sendProperty(reply, await readOpenProperty(actorOf(request), session))
    },
  )
  api.delete(
    path,
    {
      schema: {
        summary: 'Close the session',
        description:
          'What was opened is forgotten. Credentials that a provider gave stay valid until they expire.',
        params,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await closeOpenSession(actorOf(request), request.params)
      return reply.code(204).send()
    },
  )
}

/** The root shows by its bare name in everything that comes of opening, diagnostics included (http-api.md §5.3). */
export async function answerOpen(
  reply: FastifyReply,
  opening: Promise<Opened>,
  { project, name }: { project: string; name: string },
): Promise<FastifyReply> {
  try {
    return sendOpened(reply, await opening)
  } catch (error) {
    if (isFailure(error) && error.details.diagnostics) {
      error.details.diagnostics = renameRoot(error.details.diagnostics, `${project}/${name}`)
    }
    throw error
  }
}

function sendOpened(reply: FastifyReply, { id, diagnostics, content }: Opened): FastifyReply {
  const opened = { id, ...someDiagnostics(diagnostics) }
  if (!content) return reply.send(opened)
  return sendValues(applyRepresentation(reply), { ...opened, ...valuesOf(content) })
}

function sendSession(reply: FastifyReply, session: ReadSession): FastifyReply {
  return sendValues(reply, valuesOf(session))
}

function valuesOf({ name, properties }: Pick<ReadSession, 'name' | 'properties'>) {
  return wireProperties(properties, { root: bareName(name), evaluatedAs: name })
}

function sendProperty(
  reply: FastifyReply,
  { name, value }: { name: string; value: ExportedValue },
): FastifyReply {
  return sendValues(reply, wireValue(value, { root: bareName(name), evaluatedAs: name }))
}

function bareName(qualified: string): string {
  return qualified.slice(qualified.indexOf('/') + 1)
}
