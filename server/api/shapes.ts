/** Pieces of requests and answers that several resources share. */
import * as z from 'zod'
import { errorShape } from './errors'

export const environmentsPath = '/api/esc/environments'

/** Text that a database can hold. */
export const text = z.string().refine((value) => !value.includes('\0'), 'must not contain NUL')

/** Names are judged by the use cases; here they are only text. */
export const organizationParams = z.object({ organization: text })

export const environmentParams = organizationParams.extend({ project: text, name: text })

export const versionParams = environmentParams.extend({
  version: text.meta({ description: 'a revision number or a revision tag' }),
})

/** `true` and `false` as the clients write them; empty counts as absent (http-api.md trap 15). */
export const queryFlag = z
  .enum(['true', 'false', '1', '0', ''])
  .optional()
  .transform((value) => value === 'true' || value === '1')

/** A query value that clients may send empty. */
export const queryText = text.optional().transform((value) => value || undefined)

/** A whole number within bounds; empty counts as absent. */
export function queryNumber(bounds: { least: number; most: number }) {
  const inner = z.coerce.number().int().min(bounds.least).max(bounds.most)
  return z.preprocess((value) => (value === '' ? undefined : value), inner.optional())
}

/** How many items of a page are wanted (http-api.md §1.6: 1 to 500). */
export const queryCount = queryNumber({ least: 1, most: 500 })

export const userShape = z
  .object({ githubLogin: z.string(), name: z.string(), avatarUrl: z.string() })
  .meta({ id: 'User' })

/** People have no pictures here. */
export function wireUser({ login, name }: { login: string; name: string }): z.output<typeof userShape> {
  return { githubLogin: login, name, avatarUrl: '' }
}

export const definitionBody = z
  .string()
  .meta({ description: 'A definition in YAML, whatever the content type says. Empty is allowed.' })

/** A definition as an answer; it is never negotiated into anything else (http-api.md trap 5). */
export const yamlAnswer = {
  description: 'the definition',
  content: { 'application/x-yaml': { schema: z.string() } },
}

/** What a route that takes a definition says about its request, whatever content type it is sent with. */
export const takesYaml = { consumes: ['application/x-yaml', 'application/json'] }

export const noContent = z.undefined().meta({ description: 'no body' })

/** The refusals that every route with a token can give. */
export const refusals = {
  400: errorShape,
  401: errorShape,
  403: errorShape,
  404: errorShape,
  429: errorShape,
  500: errorShape,
}

export const conflicts = { ...refusals, 409: errorShape }
