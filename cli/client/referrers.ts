import type { EnvironmentName } from '../reference/reference'
import type { Api } from './api'
import { asList, asObject, integer, isObject, text } from './decode'
import { environmentPath } from './environments'
import type { Json, JsonObject } from './json'

/** Who refers to a revision. */
export interface Referrer {
  readonly kind: 'environment' | 'stack' | 'insights'
  /** `project/env@revision`, `project/stack@version` or the account. */
  readonly name: string
  readonly json: Json
}

export interface ReferrerPage {
  /** By revision number or tag of the environment. */
  readonly referrers: ReadonlyMap<string, readonly Referrer[]>
  /** Empty at the end. */
  readonly continuationToken: string
}

export interface ReferrerQuery {
  /** 0 for the server's default. */
  readonly count: number
  readonly allRevisions: boolean
  readonly latestStackVersionOnly: boolean
  readonly continuationToken: string
}

export async function readReferrers(
  api: Api,
  name: EnvironmentName,
  query: ReferrerQuery,
): Promise<ReferrerPage> {
  const answer = await api.json({
    path: environmentPath(name, 'referrers'),
    query: {
      count: query.count || undefined,
      allRevisions: query.allRevisions || undefined,
      latestStackVersionOnly: query.latestStackVersionOnly || undefined,
      continuationToken: query.continuationToken || undefined,
    },
  })
  const page = asObject(answer, 'referrers')
  const referrers = page.get('referrers')
  const entries = isObject(referrers) ? [...referrers] : []
  return {
    referrers: new Map(
      entries.map(([revision, list]) => [revision, asList(list, 'referrers').map(decodeReferrer)]),
    ),
    continuationToken: text(page, 'continuationToken'),
  }
}

function decodeReferrer(json: Json): Referrer {
  const referrer = asObject(json, 'referrer')
  const named = (member: string, name: (part: JsonObject) => string) => {
    const part = referrer.get(member)
    return isObject(part) ? name(part) : undefined
  }
  const environment = named(
    'environment',
    (part) => `${text(part, 'project')}/${text(part, 'name')}@${integer(part, 'revision')}`,
  )
  if (environment !== undefined) return { kind: 'environment', name: environment, json }
  const stack = named(
    'stack',
    (part) => `${text(part, 'project')}/${text(part, 'stack')}@${integer(part, 'version')}`,
  )
  if (stack !== undefined) return { kind: 'stack', name: stack, json }
  return { kind: 'insights', name: named('insightsAccount', (part) => text(part, 'accountName')) ?? '', json }
}
