/** Stacks and accounts that refer to an environment: the product knows none, so their answers are added for scenarios. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import * as z from 'zod'
import type { createApi } from '@/server/api'
import type { SeedEnvironment } from './scenario'

type Api = Awaited<ReturnType<typeof createApi>>
type WireReferrers = Record<string, unknown[]>

export class ForeignReferrers {
  /** By `org/project/env`. */
  #referrers = new Map<string, WireReferrers>()

  replace(environments: readonly SeedEnvironment[]): void {
    this.#referrers = new Map(environments.map((environment) => [environment.path, foreign(environment)]))
  }

  /** Answers a question about referrers with those added; false for every other request. */
  async answer(api: Api, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const path = /^\/api\/esc\/environments\/([^/]+\/[^/]+\/[^/]+)\/referrers/.exec(request.url ?? '')?.[1]
    const added = path === undefined ? undefined : this.#referrers.get(path)
    if (!added) return false
    const { headers, url = '' } = request
    const answer = await api.inject({ method: 'GET', url, headers })
    response.writeHead(answer.statusCode, { 'content-type': 'application/json' })
    response.end(answer.statusCode === 200 ? merged(answer.body, added) : answer.body)
    return true
  }
}

function merged(body: string, added: WireReferrers): string {
  const answer = z
    .looseObject({ referrers: z.record(z.string(), z.array(z.unknown())) })
    .parse(JSON.parse(body))
  for (const [revision, list] of Object.entries(added)) {
    answer.referrers[revision] = [...(answer.referrers[revision] ?? []), ...list]
  }
  return `${JSON.stringify(answer)}\n`
}

function foreign({ referrers }: SeedEnvironment): WireReferrers {
  return Object.fromEntries(
    Object.entries(referrers).map(([revision, list]) => [
      revision,
      list.flatMap(({ stack, 'insights-account': account }) => [
        ...(stack ? [{ stack }] : []),
        ...(account ? [{ insightsAccount: { accountName: account['account-name'] } }] : []),
      ]),
    ]),
  )
}
