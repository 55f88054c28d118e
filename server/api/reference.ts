/** The API's reference for people, at `/docs/api`: the description of `openapi.json` as one page without scripts. */
import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { Api } from './api'

const operationShape = z.object({
  summary: z.string().default(''),
  description: z.string().optional(),
  parameters: z
    .array(
      z.object({
        in: z.string(),
        name: z.string(),
        required: z.boolean().default(false),
        schema: z.json().optional(),
        description: z.string().optional(),
      }),
    )
    .default([]),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: z.json().optional() })) })
    .optional(),
  responses: z.record(
    z.string(),
    z.object({ content: z.record(z.string(), z.object({ schema: z.json().optional() })).optional() }),
  ),
})

const descriptionShape = z.object({
  info: z.object({ title: z.string(), description: z.string().optional() }),
  paths: z.record(z.string(), z.record(z.string(), operationShape)),
  components: z.object({ schemas: z.record(z.string(), z.json()) }),
})

type Description = z.output<typeof descriptionShape>
type Operation = z.output<typeof operationShape>

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
code, pre { font: 0.9em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid; border-radius: 0.4rem; }
summary { cursor: pointer; padding: 0.4rem 0; }
summary .method { display: inline-block; min-width: 4.5rem; font-weight: 700; }
section { border-top: 1px solid; margin-top: 2rem; }
table { border-collapse: collapse; } td, th { text-align: left; padding: 0.2rem 1rem 0.2rem 0; vertical-align: top; }
`

const styleHash = createHash('sha256').update(style).digest('base64')
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'`

export function referenceRoutes(api: Api): void {
  let page: string | undefined
  api.get('/docs/api', { config: { public: true }, schema: { hide: true } }, async (_request, reply) => {
    page ??= render(descriptionShape.parse(api.swagger()))
    return reply.headers({ 'content-security-policy': policy }).type('text/html').send(page)
  })
}

function render({ info, paths, components }: Description): string {
  const groups = new Map<string, [path: string, methods: Record<string, Operation>][]>()
  for (const entry of Object.entries(paths)) {
    const group = groupOf(entry[0])
    groups.set(group, [...(groups.get(group) ?? []), entry])
  }
  const sections = [...groups].map(([group, entries]) => {
    const operations = entries.flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => renderOperation(method, path, operation)),
    )
    return `<section><h2>${escapeHtml(group)}</h2>${operations.join('')}</section>`
  })
  const shapes = Object.entries(components.schemas).map(
    ([name, schema]) => `<h3 id="${escapeHtml(name)}">${escapeHtml(name)}</h3>${renderSchema(schema)}`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(info.title)} HTTP API</title>
<meta name="viewport" content="width=device-width"><style>${style}</style></head><body><main>
<h1>${escapeHtml(info.title)} HTTP API</h1><p>${escapeHtml(info.description ?? '')}</p>
<p>Send <code>Authorization: token &lt;access token&gt;</code>. For programs: <a href="/api/openapi.json">openapi.json</a>.</p>
${sections.join('\n')}<section><h2>Shapes</h2>${shapes.join('\n')}</section></main></body></html>\n`
}

/** The first fixed words of a path that tell what it is about. */
function groupOf(path: string): string {
  const [, , first = '', second = '', ...rest] = path.split('/')
  if (first !== 'esc') return first
  if (second !== 'environments') return second
  const about = rest.filter((part) => !part.startsWith('{'))[0]
  return about === undefined ? 'environments' : `environments: ${about}`
}

function renderOperation(method: string, path: string, operation: Operation): string {
  const { summary, description, parameters, requestBody, responses } = operation
  const rows = parameters.map(
    (one) =>
      `<tr><td><code>${escapeHtml(one.name)}</code></td><td>${escapeHtml(one.in)}${one.required ? ', required' : ''}</td>` +
      `<td>${escapeHtml(one.description ?? '')}</td></tr>`,
  )
  const table = rows.length > 0 ? `<table><tbody>${rows.join('')}</tbody></table>` : ''
  const body = requestBody ? `<h4>Request</h4>${renderContent(requestBody.content)}` : ''
  const answers = Object.entries(responses).map(
    ([status, { content }]) =>
      `<h4>${escapeHtml(status)}</h4>${content ? renderContent(content) : '<p>no body</p>'}`,
  )
  return `<details><summary><code><span class="method">${method.toUpperCase()}</span> ${escapeHtml(path)}</code> ${escapeHtml(summary)}</summary>
${description ? `<p>${escapeHtml(description)}</p>` : ''}${table}${body}${answers.join('')}</details>`
}

function renderContent(content: Record<string, { schema?: z.core.util.JSONType | undefined }>): string {
  return Object.entries(content)
    .map(([type, { schema }]) => `<p><code>${escapeHtml(type)}</code></p>${renderSchema(schema ?? {})}`)
    .join('')
}

function renderSchema(schema: z.core.util.JSONType): string {
  const text = escapeHtml(JSON.stringify(schema, null, 2))
  return `<pre>${text.replace(/#\/components\/schemas\/(\w+)/g, '<a href="#$1">$1</a>')}</pre>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
