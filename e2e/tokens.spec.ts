/** Tokens: shown once, named once for ever, bound by the organization's policy; a session of a browser is no token. */
import { randomBytes } from 'node:crypto'
import { copied, createAccessToken, enter } from './support/console'
import { expect, test } from './support/fixtures'

test.describe.configure({ mode: 'serial' })

test.beforeEach(({ page, openesc }) => enter(page, openesc))

test('a token is shown once, and works until it is revoked', async ({ page, openesc }) => {
  const token = await createAccessToken(page, 'once')
  const use = async () => (await openesc.api('/api/user', { token })).status
  expect(await use()).toBe(200)
  await page.reload()
  await expect(page.getByText('once', { exact: true }).first()).toBeVisible()
  expect(await page.content()).not.toContain(token)
  await page.getByRole('button', { name: 'Revoke once' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText('Revoked once').first()).toBeVisible()
  expect(await use()).toBe(401)
})

test('the name of a shared token is never used again', async ({ page }) => {
  const name = `ci-${randomBytes(3).toString('hex')}`
  await page.goto('/acme/access/tokens')
  const create = async () => {
    await page.getByRole('button', { name: 'Create token' }).first().click()
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(name)
    await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click()
  }
  await create()
  const value = await copied(page, 'Copy token')
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  expect(await page.content()).not.toContain(value)
  await page.getByRole('button', { name: `Revoke ${name}` }).click()
  await page.getByLabel(`Type ${name} to confirm`).fill(name)
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText(`Revoked ${name}`).first()).toBeVisible()
  await create()
  await expect(page.getByText('A token of this name exists or existed.').first()).toBeVisible()
  await page.keyboard.press('Escape')
})

test('a policy refuses tokens that live too long, and no session', async ({ page, openesc }) => {
  const token = await createAccessToken(page, 'long lived')
  const list = async () => openesc.api('/api/esc/environments/acme', { token })
  expect((await list()).status).toBe(200)
  await page.goto('/acme/settings')
  await page.getByLabel('Longest life of access tokens').selectOption('30 days')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await expect(page.getByText('The settings are saved.').first()).toBeVisible()
  const refused = await list()
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({ message: expect.stringMatching(/acme.*30/) })
  await page.goto('/acme/environments')
  await expect(page.getByRole('button', { name: 'Create environment' }).first()).toBeVisible()

  await page.goto('/acme/settings')
  await page.getByLabel('Longest life of access tokens').selectOption('any')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await expect(page.getByText('The settings are saved.').first()).toBeVisible()
  expect((await list()).status).toBe(200)
})
