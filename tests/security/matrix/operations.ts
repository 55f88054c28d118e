/** Every operation of the product, found where it is declared: the API's routes, the console's actions and handlers. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { projectRoot } from '@/lib/project-root'
import { createApi } from '@/server/api'
import type { Api } from '@/server/api/api'
import { callAction, callHandler } from './console'
import type { Credential } from './world'

/** What an operation is called with. */
export interface Call {
  /** Parts of the path by name. */
  params: Record<string, string>
  query?: Record<string, string>
  /** Of an action: its only argument. */
  body?: unknown
}

export interface Operation {
  /** `GET /api/…` as declared, or `app/…#name` without what all have in common. */
  name: string
  door: 'api' | 'console'
  /** What of a call the operation reads, to tell whether two calls are the same. */
  key(call: Call): string
  /** @returns the answer's status, and its text */
  perform(call: Call, credential: Credential): Promise<{ status: number; text: string }>
}

export async function findOperations(): Promise<Operation[]> {
  return [...(await routes()), ...(await actions()), ...(await handlers())]
}

async function routes(): Promise<Operation[]> {
  const found: [method: string, path: string][] = []
  const api = await createApi({
    onRoute: ({ method, url }) => {
      for (const one of [method].flat()) found.push([one, url])
    },
  })
  return found.map(([method, path]) => ({
    name: `${method} ${path}`,
    door: 'api',
    key: ({ params, ...rest }) => JSON.stringify([fill(path, params), rest]),
    perform: (call, credential) => inject(api, { method, path, call, credential }),
  }))
}

interface Injection {
  method: string
  path: string
  call: Call
  credential: Credential
}

async function inject(api: Api, { method, path, call, credential }: Injection) {
  const response = await api.inject({
    // Fastify declares routes with the methods that it injects.
    method: method as 'GET',
    url: `${fill(path, call.params)}?${new URLSearchParams(call.query)}`,
    headers: credential.token === undefined ? {} : { authorization: `token ${credential.token}` },
    ...(call.body !== undefined && { payload: textOf(call.body) }),
  })
  return { status: response.statusCode, text: response.payload }
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}

export function fill(path: string, params: Record<string, string>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? `no-${name}`))
}

async function actions(): Promise<Operation[]> {
  const found: Operation[] = []
  for (const path of sources().filter((path) => isServerModule(path))) {
    const module: Record<string, unknown> = await import(/* @vite-ignore */ path)
    for (const [name, action] of Object.entries(module)) {
      if (typeof action !== 'function') continue
      found.push({
        name: `${short(path).replace(/\/actions\.ts$/, '')}#${name}`,
        door: 'console',
        key: ({ body }) => JSON.stringify(body ?? null),
        perform: ({ body }, { cookie = '' }) => callAction(() => action(body), cookie),
      })
    }
  }
  return found
}

async function handlers(): Promise<Operation[]> {
  const found: Operation[] = []
  for (const path of sources().filter((path) => path.endsWith('/route.ts') && !isNextAuth(path))) {
    const module: Record<string, unknown> = await import(/* @vite-ignore */ path)
    for (const [method, handler] of Object.entries(module)) {
      if (typeof handler !== 'function') continue
      found.push({
        name: `${method} ${short(path).replace(/\/route\.ts$/, '')}`,
        door: 'console',
        key: ({ params: { org, project, env }, ...rest }) => JSON.stringify([org, project, env, rest]),
        perform: ({ params, query, body }, { cookie = '' }) =>
          callHandler((request, context) => handler(request, context), {
            method,
            params,
            query,
            body,
            cookie,
          }),
      })
    }
  }
  return found
}

const app = join(projectRoot(), 'app')

function sources(): string[] {
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => join(app, path))
    .sort()
}

/** A server action hides in no other place: one inside a function would be an operation without a name. */
function isServerModule(path: string): boolean {
  const text = readFileSync(path, 'utf8')
  if (!text.includes("'use server'")) return false
  if (text.startsWith("'use server'\n") && text.lastIndexOf("'use server'") === 0) return true
  throw new Error(`${short(path)} has a server action that is not exported from a file of actions`)
}

/** next-auth's own endpoint answers by its own rules; `sign-in.test.ts` is about them. */
function isNextAuth(path: string): boolean {
  return short(path).startsWith('api/auth/[...nextauth]/')
}

function short(path: string): string {
  return relative(app, path).replace(/^\(console\)\//, '')
}
