/**
 * Paths of clients from before environments had projects: `/api/preview/environments/{organization}/{name}`
 * (http-api.md §9). They are answered by today's routes, in the project `default`.
 */
import type { Api } from './api'
import { environmentsPath } from './shapes'

const legacy = /^\/api\/preview\/environments(?=[/?]|$)/
const legacyOne = /^\/([^/?]+)\/([^/?]+)/
const legacyRevisionTag = /^(\/[^/?]+\/[^/?]+\/versions\/tags)\/([^/?]+)\/?(?=\?|$)/

interface Today {
  url: string
  /** What the path said and the body says today. */
  body?: Record<string, string>
}

/** A path as today's clients would write it; others stay as they are. */
export function withoutLegacy(method: string, url: string): string {
  return translate(method, url)?.url ?? url
}

/** Puts what only the path said into the body. Call after the bodies have been read. */
export function completeLegacyBodies(api: Api): void {
  api.addHook('preValidation', (request, _reply, done) => {
    const { body } = translate(request.method, request.originalUrl) ?? {}
    if (body && typeof request.body === 'object') request.body = { ...request.body, ...body }
    done()
  })
}

function translate(method: string, url: string): Today | undefined {
  if (!legacy.test(url)) return undefined
  const rest = url.replace(legacy, '')
  const [, organization, name] = legacyOne.exec(rest) ?? []
  if (organization === undefined || name === undefined || /^\/[^/?]+\/yaml\//.test(rest)) {
    return { url: environmentsPath + rest }
  }
  const below = rest.replace(legacyOne, '')
  if (method === 'POST' && /^\/?(\?|$)/.test(below)) {
    return { url: `${environmentsPath}/${organization}`, body: { project: 'default', name: decoded(name) } }
  }
  const today = (path: string) => path.replace(legacyOne, `${environmentsPath}/$1/default/$2`)
  const [, tags, tag] = (method === 'POST' && legacyRevisionTag.exec(rest)) || []
  return tags !== undefined && tag !== undefined
    ? { url: today(tags), body: { name: decoded(tag) } }
    : { url: today(rest) }
}

/** What is not encoded well is no name that the routes accept. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
