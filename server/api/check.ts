/** Checking: evaluation without providers (http-api.md §5.1). */
import type { FastifyReply } from 'fastify'
import * as z from 'zod'
import { callsIn } from '@/lib/environments/calls'
import { type CheckedDefinition, checkDefinition, checkEnvironment } from '@/lib/environments/check'
import { qualifiedName, unsavedName } from '@/lib/environments/reference'
import { hasErrors } from '@/lib/language'
import { sendValues } from './answers'
import { type Api, actorOf } from './api'
import { cancellation } from './cancellation'
import { diagnosticShape, someDiagnostics } from './diagnostics'
import { errorShape } from './errors'
import {
  definitionBody,
  environmentParams,
  environmentsPath,
  organizationParams,
  queryFlag,
  refusals,
  takesYaml,
  versionParams,
} from './shapes'
import { type Naming, valueShape, wireChecked } from './values'

const functionSummaryShape = z
  .object({ funcCounts: z.record(z.string(), z.number().int()), rotationPaths: z.array(z.string()) })
  .meta({ id: 'EnvironmentFunctionSummary', description: 'What is called how often, and what rotates.' })

const checkedMembers = {
  exprs: z.record(z.string(), z.unknown()).optional(),
  properties: z.record(z.string(), valueShape).optional(),
  schema: z.unknown().optional(),
  environmentFunctionSummary: functionSummaryShape.optional(),
}

const checkedShape = z
  .object({ ...checkedMembers, diagnostics: z.array(diagnosticShape).optional() })
  .meta({ id: 'CheckedEnvironment', description: 'What a definition gives without calling any provider.' })

const uncheckedShape = z
  .object({ ...errorShape.shape, ...checkedMembers })
  .meta({ id: 'CheckError', description: 'Errors, and what could be evaluated in spite of them.' })

const answers = { ...refusals, 200: checkedShape, 400: uncheckedShape, 413: errorShape }

const query = z.object({ showSecrets: queryFlag })

export function checkRoutes(api: Api): void {
  api.post(
    `${environmentsPath}/:organization/yaml/check`,
    {
      config: { body: 'yaml' },
      schema: {
        ...takesYaml,
        summary: 'Check a definition that is not stored',
        params: organizationParams,
        querystring: query,
        body: definitionBody,
        response: answers,
      },
    },
    async (request, reply) => {
      const checked = await checkDefinition(actorOf(request), {
        ...request.params,
        ...request.query,
        definition: request.body,
        signal: cancellation(reply),
      })
      return sendChecked(reply, checked, { root: unsavedName, evaluatedAs: unsavedName })
    },
  )
  storedCheckRoutes(api)
}

function storedCheckRoutes(api: Api): void {
  const one = `${environmentsPath}/:organization/:project/:name`
  const summary = 'Check the stored definition'
  api.post(
    `${one}/check`,
    { schema: { summary, params: environmentParams, querystring: query, response: answers } },
    async (request, reply) => {
      const signal = cancellation(reply)
      const reference = { ...request.params, ...request.query, signal }
      return sendChecked(reply, await checkEnvironment(actorOf(request), reference), naming(request.params))
    },
  )
  api.post(
    `${one}/versions/:version/check`,
    { schema: { summary, params: versionParams, querystring: query, response: answers } },
    async (request, reply) => {
      const signal = cancellation(reply)
      const reference = { ...request.params, ...request.query, signal }
      return sendChecked(reply, await checkEnvironment(actorOf(request), reference), naming(request.params))
    },
  )
}

function naming(reference: { project: string; name: string }): Naming {
  const name = qualifiedName(reference)
  return { root: name, evaluatedAs: name }
}

/** Errors are a 400 that carries what could be evaluated beside them. */
function sendChecked(reply: FastifyReply, checked: CheckedDefinition, names: Naming): FastifyReply {
  const { environment, diagnostics } = checked
  const body = {
    ...wireChecked(environment, names),
    ...(environment && { environmentFunctionSummary: functionSummary(checked.definition, names.root) }),
    ...someDiagnostics(diagnostics),
  }
  if (!hasErrors(diagnostics)) return sendValues(reply, body)
  const message = 'Bad Request: the definition has errors'
  return sendValues(reply.code(400), { code: 400, message, ...body })
}

function functionSummary(definition: string, root: string): z.output<typeof functionSummaryShape> {
  const calls = callsIn(definition, root)
  const funcCounts: Record<string, number> = {}
  for (const { name } of calls) funcCounts[name] = (funcCounts[name] ?? 0) + 1
  const rotations = calls.filter((call) => call.function === 'fn::rotate')
  return { funcCounts, rotationPaths: rotations.flatMap(({ path }) => path ?? []) }
}
