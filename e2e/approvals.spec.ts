/** Four eyes: what one person proposes another approves, and nobody opens behind a gate without being let in. */
import type { Page } from '@playwright/test'
import { z } from 'zod'
import type { OpenEsc } from '../tests/peers/openesc'
import {
  createAccessToken,
  createEnvironment,
  definitionEditor,
  enter,
  pasteDefinition,
  saveAndOpen,
} from './support/console'
import { expect, test } from './support/fixtures'
import { inspect } from './support/inspect'
import { anotherBrowser, join } from './support/people'
import { store } from './support/store'

test.describe.configure({ mode: 'serial' })

const bob = {
  login: 'bob',
  name: 'Bob',
  email: 'bob@example.com',
  password: 'bob is the second pair of eyes',
}
const place = '/acme/environments/shop/gated'

let bobs: Page

test.beforeAll(async ({ browser, openesc }) => {
  bobs = await anotherBrowser(browser, openesc)
})

test.afterAll(() => bobs.context().close())

test.beforeEach(({ page, openesc }) => enter(page, openesc))

test('an administrator invites a second person and sets a gate', async ({ page }) => {
  await join(page, bobs, bob)
  await page.goto('/acme/environments')
  await createEnvironment(page, { name: 'gated', project: 'shop' })
  await pasteDefinition(page, 'values:\n  region: eu-west-1\n')
  await saveAndOpen(page)
  await expect(page.getByText(/^open · [\d:]+ left$/)).toBeVisible()

  await page.goto('/acme/approvals')
  await expect(page.getByRole('heading', { name: 'Nothing waits for you' })).toBeVisible()
  await inspect(page, 'approvals-empty')

  await page.goto(`${place}/settings`)
  await page.getByRole('button', { name: 'Add gate' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('Four eyes')
  await inspect(page, 'gate-form')
  await dialog.getByRole('button', { name: 'Save gate' }).click()
  await expect(page.getByRole('list', { name: 'Gates' }).getByText('Four eyes')).toBeVisible()
  await inspect(page, 'environment-settings-gates')
})

test('a direct save is refused, whoever sends it, and saving proposes', async ({ page, openesc }) => {
  const direct = await openesc.api('/api/esc/environments/acme/shop/gated', {
    method: 'PATCH',
    body: 'values:\n  region: us-east-1\n',
  })
  expect(direct.status).toBe(403)
  await page.goto(place)
  await definitionEditor(page).focus()
  await pasteDefinition(page, 'values:\n  region: us-east-1\n')
  await page.keyboard.press('Control+S')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What changes, and why').fill('Move to the east')
  await inspect(page, 'propose')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Change of shop/gated' })).toBeVisible()
  await expect(page.getByText('Move to the east')).toBeVisible()
  await expect(page.getByText('0 of 1 approvals')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Apply change' })).toHaveCount(0)
  await inspect(page, 'change-request')
})

test('the second person finds it, approves, again after an edit, and the first applies it', async ({
  page,
  openesc,
}) => {
  await bobs.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Approvals' }).click()
  await inspect(bobs, 'approvals-waiting')
  await bobs.getByRole('link', { name: 'Change of shop/gated' }).click()
  await bobs.getByRole('button', { name: 'Approve' }).click()
  await expect(bobs.getByText('1 of 1 approvals')).toBeVisible()
  await expect(bobs.getByRole('button', { name: 'Take approval back' })).toBeVisible()

  const draft = new URL(bobs.url()).pathname.split('/').at(-1)
  const edited = await openesc.api(`/api/esc/environments/acme/shop/gated/drafts/${draft}`, {
    method: 'PATCH',
    body: 'values:\n  region: us-east-2\n',
  })
  expect(edited.ok).toBe(true)
  await bobs.reload()
  await expect(bobs.getByText('0 of 1 approvals')).toBeVisible()
  await expect(bobs.getByRole('button', { name: 'Apply change' })).toHaveCount(0)
  await bobs.getByRole('button', { name: 'Approve' }).click()
  await expect(bobs.getByText('1 of 1 approvals')).toBeVisible()

  await page.goto('/acme/approvals')
  await page.getByRole('link', { name: 'Change of shop/gated' }).click()
  await page.getByRole('button', { name: 'Apply change' }).click()
  await expect(page.getByText('The change is applied').first()).toBeVisible()
  await expect(page.getByText('applied it')).toBeVisible()
  await inspect(page, 'change-request-applied')
  await page.getByRole('link', { name: 'Go to environment' }).click()
  await expect(page.getByText('rev 3', { exact: true })).toBeVisible()
})

test('opening behind a gate is asked for, approved and ended', async ({ page }) => {
  await page.goto(`${place}/settings`)
  await page.getByRole('button', { name: 'Edit the gate Four eyes' }).click()
  await page.getByRole('dialog').getByLabel('Opening').check()
  await page.getByRole('dialog').getByRole('button', { name: 'Save gate' }).click()
  await expect(page.getByRole('list', { name: 'Gates' }).getByText('opening')).toBeVisible()

  await bobs.goto(place)
  await expect(bobs.getByRole('button', { name: 'Open', exact: true })).toHaveCount(0)
  await bobs.getByRole('button', { name: 'Request access' }).click()
  const dialog = bobs.getByRole('dialog')
  await dialog.getByLabel('What for').fill('Looking into the outage')
  await dialog.getByLabel('For how long, from the first use').selectOption('1 hour')
  await inspect(bobs, 'request-access')
  await dialog.getByRole('button', { name: 'Request access' }).click()
  await expect(bobs.getByRole('heading', { name: 'Access to shop/gated' })).toBeVisible()
  await inspect(bobs, 'access-request')

  await page.goto('/acme/approvals')
  await page.getByRole('link', { name: 'Access to shop/gated' }).click()
  await page.getByRole('button', { name: 'Approve' }).click()
  await expect(page.getByText('1 of 1 approvals')).toBeVisible()

  await bobs.reload()
  await bobs.getByRole('button', { name: 'Start access' }).click()
  await expect(bobs.getByText('Access until')).toBeVisible()
  await bobs.getByRole('link', { name: 'Go to environment' }).click()
  await bobs.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(bobs.getByText(/^open · [\d:]+ left$/)).toBeVisible()

  await page.reload()
  await page.getByRole('button', { name: 'End access' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(page.getByText('closed it')).toBeVisible()
  await bobs.reload()
  await expect(bobs.getByRole('button', { name: 'Request access' })).toBeVisible()
})

const asked = z.object({
  changeRequests: z.array(z.object({ environmentName: z.string(), changeRequestId: z.string() })),
})

test('a gated import is asked for by itself, and access ends some time after its first use', async ({
  page,
  openesc,
}) => {
  await store(openesc, { name: 'shop/outer', definition: 'imports:\n  - shop/gated\nvalues: {}\n' })
  await page.goto('/acme/environments/shop/outer/settings')
  await page.getByRole('button', { name: 'Add gate' }).click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Outer eyes')
  await page.getByRole('dialog').getByLabel('Opening').check()
  await page.getByRole('dialog').getByRole('button', { name: 'Save gate' }).click()
  await expect(page.getByRole('list', { name: 'Gates' }).getByText('Outer eyes')).toBeVisible()

  const token = await createAccessToken(bobs, 'gated')
  const outer = '/api/esc/environments/acme/shop/outer'
  const asBob = (path: string, body: object) => post(openesc, path, { token, body })
  expect((await asBob(`${outer}/open`, {})).status).toBe(403)
  const times = { grantExpirationSeconds: 600, accessDurationSeconds: 3 }
  const { changeRequests } = asked.parse(await (await asBob(`${outer}/open/request`, times)).json())
  expect(changeRequests.map(({ environmentName }) => environmentName)).toEqual(['outer', 'gated'])

  for (const { environmentName, changeRequestId } of changeRequests) {
    await page.goto(`/acme/approvals/${changeRequestId}`)
    await page.getByRole('button', { name: 'Approve' }).click()
    await expect(page.getByText('1 of 1 approvals')).toBeVisible()
    const applied = await asBob(`/api/change-requests/acme/${changeRequestId}/apply`, {})
    expect(applied.ok).toBe(true)
    // Approval of the one says nothing about the other.
    if (environmentName === 'outer') expect((await asBob(`${outer}/open`, {})).ok).toBe(false)
  }
  expect((await asBob(`${outer}/open`, {})).status).toBe(200)
  await expect.poll(async () => (await asBob(`${outer}/open`, {})).ok).toBe(false)
  await bobs.goto('/acme/environments/shop/outer')
  await expect(bobs.getByRole('button', { name: 'Request access' })).toBeVisible()
})

function post(openesc: OpenEsc, path: string, { token, body }: { token: string; body: object }) {
  const headers = { 'content-type': 'application/json' }
  return openesc.api(path, { token, method: 'POST', headers, body: JSON.stringify(body) })
}
