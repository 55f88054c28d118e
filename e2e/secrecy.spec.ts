/** What a person may not open never reaches their browser, and what reached a browser does not stay there. */
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { encodingsOf } from '../tests/canary/encodings'
import type { OpenEsc } from '../tests/peers/openesc'
import { type Body, collectBodies } from './support/bodies'
import { definitionEditor, signIn } from './support/console'
import { isStatic } from './support/disclosures'
import { expect, test } from './support/fixtures'
import { settled } from './support/inspect'
import { anotherBrowser, join, setDefaultPermission } from './support/people'
import { postJson } from './support/server-actions'
import { store } from './support/store'

test.describe.configure({ mode: 'serial' })

const reader = {
  login: 'rita-reader',
  name: 'Rita Reader',
  email: 'rita@example.com',
  password: 'only ever looking at things',
}
const inherited = 'canary-inherited-7741'
const own = 'canary-own-0c9e'
const older = 'canary-older-e5d2'
const hidden = [inherited, own, older]
/** Not a secret: it must be found, or the search could not find anything. */
const planted = 'planted-and-readable-31f0'
const editor = '/acme/environments/vault/kept'

const definition = (secret: string) => `imports:
  - vault/base
values:
  public: ${planted}
  password:
    fn::secret: ${secret}
  copy: \${password}
  joined: \${password}-\${inherited}
  environmentVariables:
    PASSWORD: \${password}
`

let ritas: Page

test.beforeAll(async ({ browser, openesc }) => {
  await store(openesc, {
    name: 'vault/base',
    definition: `values:\n  inherited:\n    fn::secret: ${inherited}\n`,
  })
  await store(openesc, { name: 'vault/kept', definition: definition(older) })
  await store(openesc, { name: 'vault/kept', definition: definition(own) })
  ritas = await anotherBrowser(browser, openesc)
})

test.afterAll(() => ritas.context().close())

/** Where the text lies in the answers, in whatever form. */
function findings(bodies: readonly Body[], text: string): string[] {
  return bodies.flatMap(({ url, body }) => {
    const content = body.toString('latin1')
    return encodingsOf(text)
      .filter(({ pattern }) => pattern.test(content))
      .map(({ name }) => `${new URL(url).pathname}: ${name}`)
  })
}

test('a person without open meets no secret on any page, in any answer', async ({ page, openesc, watch }) => {
  await signIn(page, openesc.administrator)
  await setDefaultPermission(page, 'read')
  const collected = collectBodies(ritas.context())
  await join(page, ritas, reader)
  for (const path of ['', '/versions', '/versions/compare?from=2&to=3', '/uses', '/access', '/settings']) {
    await ritas.goto(editor + path)
    await settled(ritas)
  }
  await ritas.goto(`${editor}/versions/compare?from=2&to=3`)
  await ritas.getByRole('tab', { name: /^Values/ }).click()
  await expect(ritas.getByRole('row', { name: /^password changed/ })).toBeVisible()

  await ritas.goto(editor)
  await expect(ritas.getByText(planted).first()).toBeVisible()
  await expect(ritas.getByRole('button', { name: 'Request access' })).toBeVisible()
  await expect(ritas.getByRole('button', { name: /^Open/ })).toHaveCount(0)
  for (const tab of ['JSON', 'Env', 'Dotenv', 'Shell', 'Tree']) {
    await ritas.getByRole('tab', { name: tab, exact: true }).click()
  }
  await ritas.getByText('password', { exact: true }).first().hover()

  const probe = definition(own).replace(/fn::secret: .*/, 'fn::fromJSON: ${inherited}')
  const importing = 'imports: [vault/kept]\nvalues:\n  a:\n    fn::fromBase64: ${password}\n  b: ${joined}\n'
  for (const text of [probe, importing]) {
    expect((await postJson(ritas, `${editor}/check`, { definition: text, showSecrets: true })).status).toBe(
      200,
    )
  }
  for (const version of [undefined, '2', 'latest']) {
    expect((await postJson(ritas, `${editor}/open`, { version })).status).toBe(403)
  }
  // Without the word that marks it as planted, since pages repeat what was searched for.
  const piece = own.slice('canary-'.length)
  const search = `/acme/find?q=${piece}`
  expect(await ritas.evaluate(async (url) => (await fetch(url)).status, search)).toBe(200)
  await ritas.goto(`/acme/environments?q=${piece}`)
  await settled(ritas)

  // What was refused is written to the console by the browser.
  watch.forgive(/status of (403|404|400)/)
  const bodies = (await collected.finish()).filter(({ url }) => !isStatic(url))
  expect(hidden.flatMap((secret) => findings(bodies, secret))).toEqual([])
  expect(findings(bodies, planted)).toContain(`${editor}: raw`)
  expect(findings(bodies, planted)).toContain(`${editor}/check: raw`)
})

test('W06: what is for somebody is stored nowhere, and what is stored is for everybody', async ({
  context,
  page,
  openesc,
}) => {
  const collected = collectBodies(context)
  await signIn(page, openesc.administrator)
  for (const path of ['/acme/environments', editor, '/account/tokens']) {
    await page.goto(path)
    await settled(page)
    // The other person's page comes in between, from the same addresses.
    await ritas.goto(path)
    await expect(ritas.getByRole('button', { name: /rita/ }).first()).toBeVisible()
    await page.reload()
    await expect(page.getByRole('button', { name: /ada/ }).first()).toBeVisible()
    expect(await page.content()).not.toContain(reader.login)
  }
  const bodies = await collected.finish()
  const statics = bodies.filter(({ url }) => isStatic(url))
  expect(statics.length).toBeGreaterThan(5)
  for (const secret of [...hidden, planted, reader.login, openesc.administrator.email]) {
    expect(statics.filter(({ body }) => body.includes(secret)).map(({ url }) => url)).toEqual([])
  }
  const cached = bodies.filter(
    (body) => !isStatic(body.url) && !/no-store/.test(body.headers['cache-control'] ?? ''),
  )
  expect(cached.map(({ url, headers }) => `${url} ${headers['cache-control']}`)).toEqual([])
})

test('W07: no other page can frame what reveals, approves or lets a command line in', async ({
  page,
  openesc,
  watch,
}) => {
  await signIn(page, openesc.administrator)
  const framing = await serve(
    (path) => `<link rel="icon" href="data:,"><iframe src="${decodeURIComponent(path.slice(1))}"></iframe>`,
  )
  watch.origins.add(framing.url)
  const outside = await page
    .context()
    .browser()
    ?.newContext({ storageState: await page.context().storageState() })
  const other = await outside?.newPage()
  if (!outside || !other) throw new Error('the browser is gone')
  for (const path of [editor, '/acme/approvals', '/cli-login?port=1&state=x', '/signin']) {
    await other.goto(`${framing.url}/${encodeURIComponent(openesc.url + path)}`)
    await expect.poll(() => other.frames()[1]?.url()).toMatch(/^chrome-error:/)
  }
  await other.goto(`${framing.url}/${encodeURIComponent(`${framing.url}/framed`)}`)
  await expect.poll(() => other.frames()[1]?.url()).toBe(`${framing.url}/framed`)
  await outside.close()
  await framing.stop()
  // Said of the frame by the browser, in the other site's own console.
  watch.forgive(/frame-ancestors/)
})

test('W08: a session has a new name at sign-in, and ends on the server at sign-out', async ({
  browser,
  openesc,
  page,
}) => {
  await page.goto('/signin')
  const [session] = await sessionAfterSignIn(page, openesc)
  const context = await browser.newContext({ baseURL: openesc.url })
  await context.addCookies([session])
  const replay = await context.newPage()
  await replay.goto(editor)
  await expect(definitionEditor(replay)).toBeAttached()
  // What somebody planted beforehand does not become the name of the session.
  const planting = await browser.newContext({ baseURL: openesc.url })
  await planting.addCookies([{ ...session, value: 'chosen-by-somebody-else' }])
  const [again] = await sessionAfterSignIn(await planting.newPage(), openesc)
  await planting.close()
  expect(again.value).not.toBe('chosen-by-somebody-else')
  expect(again.value).not.toBe(session.value)

  await page
    .getByRole('button', { name: /^Account/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/signin/)
  await replay.goto(editor)
  await expect(replay).toHaveURL(/\/signin\?/)
  await context.close()
})

async function sessionAfterSignIn(page: Page, { administrator }: OpenEsc) {
  await signIn(page, administrator)
  const sessions = (await page.context().cookies()).filter(({ name }) => /session/.test(name))
  const [session] = sessions
  if (!session) throw new Error('there is no session cookie')
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  return [session] as const
}

test('W09: the preview asks on one way only, by whom is asked each time', async ({
  page,
  openesc,
  watch,
}) => {
  const sockets: string[] = []
  page.on('websocket', (socket) => sockets.push(socket.url()))
  await signIn(page, openesc.administrator)
  await page.goto(editor)
  await expect(page.getByText(planted).first()).toBeVisible()
  expect((await postJson(page, `${editor}/check`, { definition: 'values: {a: 1}' })).status).toBe(200)
  const tooLarge = 'x'.repeat(9 * 1024 * 1024)
  expect((await postJson(page, `${editor}/check`, { definition: tooLarge })).status).toBe(413)
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const from = (origin: string, cookie: string) =>
    fetch(`${openesc.url}${editor}/check`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin,
        cookie,
        'sec-fetch-site': origin === openesc.url ? 'same-origin' : 'cross-site',
      },
      body: JSON.stringify({ definition: 'values: {a: 1}' }),
    }).then(({ status }) => status)
  expect(await from(openesc.url, cookies)).toBe(200)
  expect(await from('https://evil.example', cookies)).toBe(403)
  expect(await from(openesc.url, '')).toBe(401)
  watch.forgive(/status of 413/)
  expect(sockets).toEqual([])
})

test('W10: revealed values stay in the page, and not for long', async ({ context, page, openesc }) => {
  const collected = collectBodies(context)
  await page.clock.install()
  await signIn(page, openesc.administrator)
  await page.goto(editor)
  await expect(page.getByText(planted).first()).toBeVisible()
  await page.getByRole('button', { name: /^Open/ }).click()
  const secret = page.getByRole('tabpanel').getByText(own, { exact: true }).first()
  const reveal = () => page.getByRole('button', { name: 'Reveal password', exact: true }).click()
  await reveal()
  await expect(secret).toBeVisible()
  const residue = await page.evaluate(() =>
    JSON.stringify([
      { ...localStorage },
      { ...sessionStorage },
      history.state,
      location.href,
      document.title,
      performance.getEntriesByType('resource').map(({ name }) => name),
      [...document.scripts].map(({ textContent }) => textContent),
    ]),
  )
  expect(residue).toContain(planted)
  expect(residue).not.toContain(own)
  expect(await page.evaluate(() => indexedDB.databases())).toEqual([])

  await page.clock.fastForward(61_000)
  await expect(secret).toHaveCount(0)
  await reveal()
  await expect(secret).toBeVisible()
  await page.evaluate(() => window.dispatchEvent(new Event('blur')))
  await expect(secret).toHaveCount(0)
  expect(await page.content()).not.toContain(own)

  const bodies = await collected.finish()
  const dynamic = bodies.filter(({ url }) => !isStatic(url))
  expect(new Set(findings(dynamic, own).map((found) => found.split(':')[0]))).toEqual(
    new Set([`${editor}/open`]),
  )
  const scripts = bodies.filter(({ url }) => url.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(3)
  for (const { url } of scripts.slice(0, 10))
    expect((await page.request.get(`${url}.map`)).status()).toBe(404)
  expect(openesc.output.text).not.toContain(own)
})

test('W11: an imported file is data, whatever it holds', async ({ page, openesc }) => {
  await signIn(page, openesc.administrator)
  await page.goto('/acme/environments?create=file')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Project', { exact: true }).fill('vault')
  await dialog.getByLabel('Name', { exact: true }).fill('imported')
  const choose = (name: string, content: string | Buffer) =>
    dialog
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })
  const create = dialog.getByRole('button', { name: 'Create environment' })
  await choose('archive.zip', Buffer.from('504b030414000000080000', 'hex'))
  await expect(create).toBeDisabled()
  await choose(
    '../../etc/.env',
    'TITLE=$(touch /tmp/owned)\nREF=${password}\nTAG=<img src=x onerror=alert(1)>\n',
  )
  await create.click()
  await expect(definitionEditor(page)).toBeAttached()
  await expect(page.getByRole('tabpanel').getByText('$(touch /tmp/owned)').first()).toBeVisible()
  await expect(page.getByRole('tabpanel').getByText('${password}').first()).toBeVisible()
  await expect(page.getByRole('tabpanel').getByText('<img src=x onerror=alert(1)>').first()).toBeVisible()
  const opened = await openesc.api('/api/esc/environments/acme/vault/imported')
  expect(await opened.text()).toContain('$(touch /tmp/owned)')
})

/** A page of somebody else. */
async function serve(html: (path: string) => string): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = http.createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(html(request.url ?? ''))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
