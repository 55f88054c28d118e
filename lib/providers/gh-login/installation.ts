/** GitHub's REST interface for apps: the app, its installation for an owner, and a token of that. */
import * as z from 'zod'
import { ProviderFailure } from '../failure'
import { type CallContext, callService, type Explanation, jsonBody, type Refused } from '../service/call'
import { serviceUrl } from '../service/endpoint'

const provider = 'gh-login'

export interface GitHub {
  origin: string
  /** Of every path. */
  prefix: readonly string[]
  /** The token of the app. */
  jwt: string
  context: CallContext
}

export interface Wanted {
  owner: string
  repositories?: readonly string[] | undefined
  permissions?: Readonly<Record<string, string | undefined>> | undefined
}

const app = z.object({ slug: z.string() })
const installation = z.object({ id: z.number() })
const issued = z.object({ token: z.string().min(1), expires_at: z.iso.datetime({ offset: true }) })

/** @throws ProviderFailure `Unauthorized`, `NotFound`, `UnprocessableEntity` */
export async function installationToken({ owner, repositories, permissions }: Wanted, github: GitHub) {
  const [{ slug }, { id }] = await Promise.all([
    call(github, { path: ['app'], answer: app }),
    findInstallation(github, owner),
  ])
  const { token, expires_at } = await call(github, {
    path: ['app', 'installations', String(id), 'access_tokens'],
    body: { ...(repositories && { repositories }), ...(permissions && { permissions }) },
    answer: issued,
  })
  return { appSlug: slug, installationId: id, token, expiresAt: expires_at }
}

/** The owner may be an organization or a user; each has an address of its own. */
async function findInstallation(github: GitHub, owner: string): Promise<{ id: number }> {
  const of = (kind: 'orgs' | 'users') =>
    call(github, { path: [kind, owner, 'installation'], answer: installation })
  try {
    return await of('orgs')
  } catch (error) {
    if (error instanceof ProviderFailure && error.refusal.code === 'NotFound') return of('users')
    throw error
  }
}

interface Call<T> {
  path: string[]
  body?: unknown
  answer: z.ZodType<T>
}

function call<T>({ origin, prefix, jwt, context }: GitHub, { path, body, answer }: Call<T>): Promise<T> {
  return callService({
    provider,
    service: 'GitHub',
    url: serviceUrl(origin, [...prefix, ...path]),
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${jwt}`,
      'x-github-api-version': '2022-11-28',
    },
    ...(body !== undefined && { body: jsonBody(body) }),
    answer,
    explain: explainGitHub,
    secrets: [jwt],
    context,
  })
}

const refusal = z.object({ message: z.string() })

const explanations: Record<number, { code: string; advice: string }> = {
  401: {
    code: 'Unauthorized',
    advice: 'Check that privateKey belongs to the app of appId, and the clock of this server.',
  },
  403: {
    code: 'Forbidden',
    advice: 'The installation may be suspended: check it in the settings of the owner.',
  },
  404: { code: 'NotFound', advice: 'Install the app for the owner, and check owner and appId.' },
  422: {
    code: 'UnprocessableEntity',
    advice: 'Ask only for repositories and permissions that the installation itself has.',
  },
}

/** What to do, by code. */
export const gitHubErrors: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(explanations).map(({ code, advice }) => [code, advice]),
)

function explainGitHub({ status, body }: Refused): Explanation | undefined {
  const known = explanations[status]
  const parsed = refusal.safeParse(body)
  return known && parsed.success ? { ...known, answer: parsed.data.message } : undefined
}
