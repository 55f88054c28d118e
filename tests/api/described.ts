/** Holds every answer against `openapi.json`: its status must be described, and its body must fit the description. */
import * as z from 'zod'

const descriptionShape = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        responses: z.record(
          z.string(),
          z.object({ content: z.record(z.string(), z.object({ schema: z.json() })).optional() }),
        ),
      }),
    ),
  ),
  components: z.object({ schemas: z.record(z.string(), z.json()) }),
})

type Description = z.output<typeof descriptionShape>
type Schema = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>

export interface Answered {
  method: string
  /** With its query. */
  path: string
  status: number
  contentType: string
  text: string
}

/** @returns a check that throws for an answer that is not as described */
export async function describedAnswers(url: string): Promise<(answer: Answered) => void> {
  const response = await fetch(`${url}/api/openapi.json`)
  const description = descriptionShape.parse(await response.json())
  const schemas = new Map<unknown, z.ZodType>()
  return (answer) => {
    const responses = find(description, answer)
    if (responses === undefined) return
    const described = responses[answer.status]
    const title = `${answer.method} ${answer.path} answered ${answer.status}`
    if (described === undefined) throw new Error(`${title}, which is not described`)
    if (answer.method === 'HEAD') return
    const [type, content] = Object.entries(described.content ?? {})[0] ?? []
    if (type !== undefined && !answer.contentType.startsWith(type)) {
      throw new Error(`${title} as ${answer.contentType}, described as ${type}`)
    }
    if (type !== 'application/json' || content === undefined) return
    const schema = schemas.get(content) ?? compile(content.schema, description)
    schemas.set(content, schema)
    const { error } = schema.safeParse(answer.text === '' ? null : JSON.parse(answer.text))
    if (error) throw new Error(`${title} with a body that is not as described: ${z.prettifyError(error)}`)
  }
}

/** Undefined for paths that the API does not have. */
function find({ paths }: Description, { method, path }: Answered) {
  const [pathname = ''] = path.split('?')
  const matching = Object.keys(paths).filter((template) => patternOf(template).test(pathname))
  // A fixed segment goes before a parameter, as in the router.
  const [best] = matching.sort((one, other) => parameters(one) - parameters(other))
  return best === undefined ? undefined : paths[best]?.[method.toLowerCase()]?.responses
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`)
}

function parameters(template: string): number {
  return template.split('{').length
}

function compile(schema: z.core.util.JSONType, { components }: Description): z.ZodType {
  const text = JSON.stringify({ ...Object(schema), $defs: components.schemas })
  const parsed: Schema = JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/'))
  return z.fromJSONSchema(parsed)
}
