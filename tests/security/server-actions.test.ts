import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type OpenEsc, startOpenEsc } from '../peers/openesc'
import { type BrowserSession, browserSession } from '../support/browser-session'

/** Next's list of every server action of the build: one that is added is tested without anybody thinking of it. */
const manifest = new URL('../../.next/server/server-reference-manifest.json', import.meta.url)
const manifestSchema = z.object({
  node: z.record(z.string(), z.object({ exportedName: z.string(), filename: z.string() })),
})

interface Action {
  id: string
  name: string
}

/** Read when the tests are collected, which is after the build. */
function readActions(): Action[] {
  const { node } = manifestSchema.parse(JSON.parse(readFileSync(manifest, 'utf8')))
  return Object.entries(node).map(([id, { filename, exportedName }]) => ({
    id,
    name: `${filename.replace(/^app\//, '')}#${exportedName}`,
  }))
}

/** What somebody who is not signed in may call; each refuses by itself what it must. */
const forEverybody = ['(auth)/setup/actions.ts#createFirst', '(auth)/invite/[token]/actions.ts#register']

const actions = readActions()
let server: OpenEsc
let ada: BrowserSession

beforeAll(async () => {
  server = await startOpenEsc()
  ada = browserSession(server.url)
  await ada.signIn(server.administrator.email, server.administrator.password)
}, 120_000)

afterAll(() => server?.stop())

const pageOf = ({ name }: Action) => (name.startsWith('(auth)/setup') ? '/setup' : '/account/tokens')

function call(action: Action, body: string, headers: Record<string, string>) {
  return fetch(server.url + pageOf(action), {
    method: 'POST',
    redirect: 'manual',
    headers: { 'next-action': action.id, 'content-type': 'text/plain;charset=UTF-8', ...headers },
    body,
  })
}

const ours = () => ({ origin: server.url, 'sec-fetch-site': 'same-origin' })

/** Arguments of every shape that our actions take, so that none fails for its input alone. */
const plausible = JSON.stringify([
  {
    organization: 'acme',
    project: 'shop',
    name: 'made-by-nobody',
    description: 'made by nobody',
    definition: 'values: {}',
    id: 'x',
  },
])

it('does for a member what it refuses to others (the twin)', async () => {
  const create = actions.find(({ name }) => name.endsWith('[org]/environments/create/actions.ts#createEmpty'))
  if (!create) throw new Error('the action that creates environments is gone')
  const { organization } = server.administrator
  const body = JSON.stringify([{ organization, project: 'shop', name: 'made-by-a-member' }])
  const response = await call(create, body, { ...ours(), cookie: ada.cookie() })
  expect(await response.text()).toContain(`/${organization}/environments/shop/made-by-a-member`)
  const made = await server.api(`/api/esc/environments/${organization}/shop/made-by-a-member`)
  expect(made.status).toBe(200)
})

it('knows the actions of the build', () => {
  expect(actions.length).toBeGreaterThan(5)
  for (const name of forEverybody) expect(actions.map((action) => action.name)).toContain(name)
})

describe.each(actions.filter(({ name }) => !forEverybody.includes(name)))('W03: $name', (action) => {
  it.each(['', 'a cookie of somewhere else', 'an API token'])(
    'does nothing for nobody (%s)',
    async (kind) => {
      const headers: Record<string, string> = { ...ours() }
      if (kind.includes('cookie')) headers.cookie = 'next-auth.session-token=x; openesc-00000000-session=y'
      if (kind.includes('token')) headers.authorization = `token ${server.administrator.token}`
      const response = await call(action, plausible, headers)
      const text = await response.text()
      expect(text).not.toContain('made-by-nobody')
      // An action that redirects is answered with the page that it leads to.
      const leadsTo = response.headers.get('x-action-redirect') ?? response.headers.get('location') ?? ''
      const refused = leadsTo.includes('/signin') || /"code":"unauthenticated"/.test(text)
      expect(refused, `${response.status} ${leadsTo}`).toBe(true)
    },
  )

  it('W04: is refused to other sites, whoever is signed in', async () => {
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
      { 'sec-fetch-site': 'same-site' },
      {},
    ]
    for (const headers of foreign) {
      const response = await call(action, plausible, { ...headers, cookie: ada.cookie() })
      expect(response.status).toBe(403)
    }
  })
})

describe('W02: malformed payloads', () => {
  const payloads = [
    '',
    '{',
    '[',
    'null',
    '"$F1"',
    '["$@0"]',
    '["$1:__proto__:then"]',
    '["$Q0","$W1","$B2"]',
    `[${'['.repeat(5000)}`,
    '[{"__proto__":{"isAdmin":true}}]',
    '[{"then":"$1:constructor:constructor"}]',
  ]

  it.each(payloads.map((payload) => [payload.slice(0, 40), payload]))(
    '%j does no harm',
    async (_, payload) => {
      for (const action of actions) {
        const response = await call(action, payload, { ...ours(), cookie: ada.cookie() })
        await response.arrayBuffer()
      }
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
      expect((await ada.fetch('/account/tokens')).status).toBe(200)
    },
  )

  it('is no way to an action that does not exist', async () => {
    const ghost = { id: '00'.repeat(21), name: 'ghost' }
    const response = await call(ghost, '[]', { ...ours(), cookie: ada.cookie() })
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
  })

  it('the framework is at the version that was looked at', () => {
    const { version } = z
      .object({ version: z.string() })
      .parse(
        JSON.parse(readFileSync(new URL('../../node_modules/next/package.json', import.meta.url), 'utf8')),
      )
    const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
    expect(major * 1_000_000 + minor * 1000 + patch).toBeGreaterThanOrEqual(16_002_006)
  })
})
