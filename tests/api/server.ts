/** A listening API on a database of its own, and a client for it that hides nothing of the answers. */
import { afterAll, beforeAll } from 'vitest'
import { createAccessToken } from '@/lib/access/tokens'
import { createApi } from '@/server/api'
import { addOrganization, addPerson, type TestOrganization, type TestPerson } from '../support/installation'
import { type Answered, describedAnswers } from './described'

export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body as JSON; undefined when it is none. */
  json: unknown
}

export interface Call {
  /** Sent as it is when it is text, as JSON otherwise. */
  body?: unknown
  headers?: Record<string, string>
}

export type Client = (method: string, path: string, call?: Call) => Promise<Answer>

export interface TestApi {
  url: string
  organization: TestOrganization
  /** Administrator of `organization`. */
  admin: TestPerson
  /** Calls as the administrator. */
  call: Client
  /** Calls as somebody else, by a token of theirs. */
  as(person: TestPerson): Promise<Client>
  /** Calls without a token. */
  anonymous: Client
}

/** For use inside `describeOnEachDatabase`: the fields are there once the hooks have run. */
export function listeningApi(): TestApi {
  const api: Partial<TestApi> = {}
  let close = async (): Promise<unknown> => undefined
  beforeAll(async () => {
    const server = await createApi()
    close = () => server.close()
    const url = await server.listen({ host: '127.0.0.1', port: 0 })
    const admin = await addPerson('alice')
    const organization = await addOrganization('acme', { admin })
    const check = await describedAnswers(url)
    const as = async (person: TestPerson) => client({ url, check, token: await tokenOf(person) })
    const anonymous = client({ url, check })
    Object.assign(api, { url, admin, organization, as, call: await as(admin), anonymous })
  })
  afterAll(() => close())
  return new Proxy({} as TestApi, {
    get(_target, name: keyof TestApi) {
      const value = api[name]
      if (value === undefined) throw new Error(`${String(name)} is there once the hooks have run`)
      return value
    },
  })
}

async function tokenOf(person: TestPerson): Promise<string> {
  return (await createAccessToken(person.actor, { description: 'test' })).tokenValue
}

interface ClientOptions {
  url: string
  token?: string
  /** Throws for an answer that is not as `openapi.json` describes it. */
  check(answer: Answered): void
}

function client({ url, token, check }: ClientOptions): Client {
  return async (method, path, { body, headers } = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...(token && { authorization: `token ${token}` }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const { status } = response
    check({ method, path, status, text, contentType: response.headers.get('content-type') ?? '' })
    return { status, headers: response.headers, text, json: jsonOf(text) }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const environments = '/api/esc/environments'

/** Creates `acme/project/name` with a definition. */
export async function makeEnvironment(call: Client, path: string, definition = ''): Promise<void> {
  const [project, name] = path.split('/')
  const created = await call('POST', `${environments}/acme`, { body: { project, name } })
  if (created.status !== 204) throw new Error(`creating ${path} answered ${created.status}: ${created.text}`)
  if (definition === '') return
  const saved = await call('PATCH', `${environments}/acme/${path}`, { body: definition })
  if (saved.status !== 200) throw new Error(`saving ${path} answered ${saved.status}: ${saved.text}`)
}
