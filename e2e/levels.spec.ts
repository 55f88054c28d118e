/** What each level of access to an environment shows and does: in the pages, behind their buttons, and by the API. */
import type { Page } from '@playwright/test'
import { createAccessToken, definitionEditor, enter } from './support/console'
import { expect, test } from './support/fixtures'
import { settled } from './support/inspect'
import { anotherBrowser, join, setDefaultPermission } from './support/people'
import { callAction, postJson } from './support/server-actions'
import { store, stored } from './support/store'

test.describe.configure({ mode: 'serial' })

const levels = ['none', 'read', 'open', 'write', 'admin'] as const
type Level = (typeof levels)[number]

const rank = (level: Level) => levels.indexOf(level)

const leah = {
  login: 'leah-levels',
  name: 'Leah Levels',
  email: 'leah@example.com',
  password: 'one rung of the ladder after another',
}
const reference = { organization: 'acme', project: 'ladder', name: 'rungs' }
const place = '/acme/environments/ladder/rungs'
const api = '/api/esc/environments/acme/ladder/rungs'
const folder = 'app/(console)/[org]/environments/[project]/[env]'
const definition = 'values:\n  password:\n    fn::secret: canary-rung\n'

const gate = {
  title: 'New',
  enabled: false,
  actions: ['update'],
  approvalsRequired: 1,
  allowSelfApproval: false,
  reapproveOnChange: true,
  approvers: [{ kind: 'permission', scope: 'environment:write' }],
  bypassers: [],
}
const hook = {
  displayName: 'New',
  payloadUrl: 'https://unreachable.invalid',
  format: 'raw',
  filters: [],
  groups: [],
  active: false,
  secret: '',
  removeSecret: false,
}

/** Server actions: who may call them, with what, and what comes of it for who may. */
const actions: [least: Level, action: string, input: object, outcome: string][] = [
  ['read', `${folder}/actions.ts#readLatest`, {}, 'ok'],
  ['write', `${folder}/actions.ts#save`, { definition: 'values: {}\n', etag: 'of-nothing' }, 'etag_mismatch'],
  ['write', `${folder}/versions/actions.ts#tag`, { tag: 'rung', revision: 1 }, 'ok'],
  ['write', `${folder}/versions/actions.ts#rollBack`, { revision: 1, etag: 'of-nothing' }, 'etag_mismatch'],
  ['write', `${folder}/versions/actions.ts#removeTag`, { tag: 'rung' }, 'ok'],
  ['write', `${folder}/settings/actions.ts#addTag`, { tag: 'rung', value: 'x' }, 'ok'],
  ['write', `${folder}/settings/actions.ts#removeTag`, { tag: 'rung' }, 'ok'],
  ['write', `${folder}/webhooks/actions.ts#saveWebhook`, hook, 'ok'],
  ['admin', `${folder}/settings/actions.ts#protect`, { deletionProtected: true }, 'ok'],
  ['admin', `${folder}/settings/actions.ts#remove`, {}, 'protected'],
  ['admin', `${folder}/settings/gates/actions.ts#saveGate`, gate, 'ok'],
  ['admin', `${folder}/access/actions.ts#give`, { holder: { login: 'ada' }, level: 'read' }, 'ok'],
]

/** Calls of the API, with their status for who may. */
const calls: [least: Level, method: string, path: string, body: string | undefined, status: number][] = [
  ['read', 'GET', '', undefined, 200],
  ['open', 'POST', '/open', undefined, 200],
  ['open', 'GET', '/decrypt', undefined, 200],
  ['write', 'PATCH', '', definition, 200],
  ['write', 'POST', '/versions/tags', '{"name":"by-api","revision":1}', 204],
  ['write', 'DELETE', '/versions/tags/by-api', undefined, 204],
  ['admin', 'PATCH', '/settings', '{"deletionProtected":true}', 200],
  ['admin', 'DELETE', '', undefined, 409],
]

/** What stands on the pages from which level on. */
const buttons: [least: Level, page: string, name: RegExp][] = [
  ['open', '', /^(Open|Save and open)/],
  ['write', '', /^Save revision/],
  ['write', '/versions', /^More actions: Revision 1$/],
  ['write', '/rotation', /^Add schedule$/],
  ['write', '/webhooks', /^Add webhook$/],
  ['admin', '/settings', /^Add gate$/],
  ['admin', '/access', /^Give access$/],
]

let adas: Page
let leahs: Page
let token: string
let ciphertext: string

test.beforeAll(async ({ browser, openesc }) => {
  await store(openesc, { name: 'ladder/rungs', definition })
  ciphertext = /ciphertext: (\S+)/.exec(await stored(openesc, 'ladder/rungs'))?.[1] ?? ''
  adas = await anotherBrowser(browser, openesc)
  leahs = await anotherBrowser(browser, openesc)
  await enter(adas, openesc)
  await setDefaultPermission(adas, 'none')
  await join(adas, leahs, leah)
  token = await createAccessToken(leahs, 'levels')
})

test.afterAll(async () => {
  await adas.context().close()
  await leahs.context().close()
})

async function give(level: Level): Promise<void> {
  if (level === 'none') return
  const input = { ...reference, holder: { login: leah.login }, level }
  expect(await callAction(adas, `${folder}/access/actions.ts#give`, input)).toBe('ok')
}

for (const level of levels) {
  const refused = level === 'none' ? 'not_found' : 'forbidden'
  const allowed = (least: Level) => rank(level) >= rank(least)

  test(`${level}: the pages offer what it gives`, async () => {
    await give(level)
    await leahs.goto(place)
    await settled(leahs)
    if (level === 'none') {
      await expect(leahs.getByText('Not found').first()).toBeVisible()
      return
    }
    await expect(definitionEditor(leahs)).toBeAttached()
    await expect(leahs.getByText('password', { exact: true }).first()).toBeVisible()
    for (const path of new Set(buttons.map(([, page]) => page))) {
      if (path !== '') await leahs.goto(place + path)
      await settled(leahs)
      for (const [least, , name] of buttons.filter(([, page]) => page === path)) {
        await expect(leahs.getByRole('button', { name }).first()).toBeVisible({ visible: allowed(least) })
      }
    }
  })

  test(`${level}: its server actions and routes do what it gives, without any button`, async ({ watch }) => {
    await leahs.goto('/acme/environments')
    for (const [least, action, input, outcome] of actions) {
      const expected = allowed(least) ? outcome : refused
      expect(await callAction(leahs, action, { ...reference, ...input }), action).toBe(expected)
    }
    const decrypt = { ...reference, ciphertext }
    expect(await callAction(leahs, `${folder}/secret-actions.ts#decrypt`, decrypt)).toBe(
      allowed('open') ? 'ok' : refused,
    )
    const status = level === 'none' ? 404 : 403
    const check = await postJson(leahs, `${place}/check`, { definition })
    expect(check.status).toBe(allowed('read') ? 200 : status)
    const open = await postJson(leahs, `${place}/open`, {})
    expect(open.status).toBe(allowed('open') ? 200 : status)
    expect(open.text.includes('canary-rung')).toBe(allowed('open'))
    const rotate = await postJson(leahs, `${place}/rotation/run`, { paths: [] })
    expect(rotate.status).toBe(allowed('write') ? 400 : status)
    watch.forgive(/status of 40[034]/)
  })

  test(`${level}: the API does the same`, async ({ openesc }) => {
    for (const [least, method, path, body, done] of calls) {
      const answer = await openesc.api(api + path, {
        token,
        method,
        ...(body !== undefined && {
          body,
          headers: { 'content-type': path === '' ? 'application/x-yaml' : 'application/json' },
        }),
      })
      const expected = allowed(least) ? done : level === 'none' ? 404 : 403
      expect(answer.status, `${method} ${path}`).toBe(expected)
    }
  })
}
