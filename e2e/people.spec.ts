/** People and power: an administrator gives a person part of it, takes it back, and the log tells it all. */
import type { Page } from '@playwright/test'
import { copied, createEnvironment, enter, pasteDefinition, saveAndOpen } from './support/console'
import { expect, test } from './support/fixtures'
import { inspect } from './support/inspect'
import { anotherBrowser } from './support/people'

test.describe.configure({ mode: 'serial' })

const grace = { login: 'grace', email: 'grace@example.com', password: 'nanoseconds are this long' }
const definition = 'values:\n  region: eu-west-1\n  password:\n    fn::secret: canary-hush\n'

let graces: Page

test.beforeAll(async ({ browser, openesc }) => {
  graces = await anotherBrowser(browser, openesc)
})

test.afterAll(() => graces.context().close())

test.beforeEach(({ page, openesc }) => enter(page, openesc))

test('an administrator makes a role for what is tagged env=prod', async ({ page }) => {
  await createEnvironment(page, { name: 'prod', project: 'shop' })
  await pasteDefinition(page, definition)
  await saveAndOpen(page)
  await expect(page.getByText(/^open · [\d:]+ left$/)).toBeVisible()
  await page.goto('/acme/environments/shop/prod/settings')
  await page.getByLabel('Name', { exact: true }).first().fill('env')
  await page.getByLabel('Value', { exact: true }).fill('prod')
  await page.getByRole('button', { name: 'Add tag' }).click()
  await expect(page.getByText('env=prod')).toBeVisible()

  await page.goto('/acme/settings')
  await page.getByLabel('Default permission').selectOption('none')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await expect(page.getByText('The settings are saved.').first()).toBeVisible()
  await inspect(page, 'organization-settings')

  await page.getByRole('link', { name: 'Access', exact: true }).click()
  await page.getByRole('link', { name: 'Roles', exact: true }).click()
  await page.getByRole('button', { name: 'Create role' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('prod opener')
  await dialog.getByLabel('What rule 1 gives').selectOption('open')
  await dialog.getByLabel('Where rule 1 applies').selectOption('tag')
  await dialog.getByLabel('Tag', { exact: true }).fill('env')
  await dialog.getByLabel('Value', { exact: true }).fill('prod')
  await inspect(page, 'role-form')
  await dialog.getByRole('button', { name: 'Create role' }).click()
  await expect(page.getByText('open on tag env=prod')).toBeVisible()
  await inspect(page, 'roles')
})

test('creates a team and invites a person', async ({ page }) => {
  await page.goto('/acme/access/teams')
  await inspect(page, 'teams-empty')
  await page.getByRole('button', { name: 'Create team' }).click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('payments')
  await page.getByRole('dialog').getByRole('button', { name: 'Create team' }).click()
  await expect(page.getByRole('heading', { name: 'payments' })).toBeVisible()
  await page.goto('/acme/access/members')
  await page.getByRole('button', { name: 'Invite' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('E-mail').fill(grace.email)
  await dialog.getByLabel('Role').selectOption('prod opener')
  await dialog.getByLabel('payments').check()
  await dialog.getByRole('button', { name: 'Invite' }).click()
  const link = await copied(page, 'Copy link')
  await dialog.getByRole('button', { name: 'Done' }).click()

  await graces.goto(link)
  await expect(graces.getByRole('heading', { name: 'Join acme' })).toBeVisible()
  await inspect(graces, 'invitation')
  await graces.getByLabel('Login').fill(grace.login)
  await graces.getByLabel('Name', { exact: true }).fill('Grace Hopper')
  await graces.getByLabel('Password').fill(grace.password)
  await graces.getByRole('button', { name: 'Create account and join' }).click()
  await expect(graces.getByRole('heading', { name: 'Environments', exact: true })).toBeVisible()

  await page.reload()
  await expect(page.getByLabel('Role of grace')).toBeVisible()
  const invitations = page.getByRole('list', { name: 'Invitations' }).getByRole('listitem')
  await expect(invitations.filter({ hasText: grace.email }).getByText('accepted')).toBeVisible()
  await inspect(page, 'members')
  await page.goto('/acme/access/teams/payments')
  await expect(page.getByText('Grace Hopper')).toBeVisible()
  await inspect(page, 'team')
})

test('a link that was used works no more', async ({ page }) => {
  await page.goto('/invite/nothing-like-a-secret')
  await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
})

test('the second person sees, opens, cannot save, and reads why', async () => {
  await graces.goto('/acme/environments')
  await graces.getByRole('link', { name: 'prod', exact: true }).click()
  await graces.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(graces.getByText(/^open · [\d:]+ left$/)).toBeVisible()
  await expect(graces.getByText('You may read this environment but not change it.')).toBeVisible()
  await expect(graces.getByRole('button', { name: /^Save revision/ })).toHaveCount(0)

  await graces.goto('/acme/environments/shop/prod/access')
  const why = graces.getByRole('region', { name: 'Why can they, why can’t they?' })
  await why.getByLabel('Person, team, role or token').selectOption('grace')
  await why.getByRole('button', { name: 'Explain' }).click()
  await expect(why.getByText('the role prod opener').first()).toBeVisible()
  await expect(why.getByText('no grant gives it').first()).toBeVisible()
  await expect(graces.getByRole('button', { name: 'Give access' })).toHaveCount(0)
  await inspect(graces, 'environment-access')

  await graces.goto('/acme/audit')
  await expect(graces.getByText('audit_logs:read')).toBeVisible()
  await inspect(graces, 'forbidden')
})

test('a team gets an environment, with a limit', async ({ page }) => {
  await page.goto('/acme/environments/shop/prod/access')
  await page.getByRole('button', { name: 'Give access' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Who').selectOption('team payments')
  await dialog.getByLabel('Level').selectOption('read')
  await dialog.getByLabel('Longest open').selectOption('1 h')
  await dialog.getByRole('button', { name: 'Give access' }).click()
  await expect(page.getByLabel('Level of team payments')).toHaveValue('read')
  await inspect(page, 'environment-access-admin')
  await page.getByRole('button', { name: 'Remove the grant of team payments' }).click()
  await expect(page.getByText('Nobody has a grant of their own here.')).toBeVisible()
})

test('demotes them while they are signed in, and the next request is refused', async ({ page, watch }) => {
  await graces.goto('/acme/environments/shop/prod')
  await expect(graces.getByRole('button', { name: 'Open', exact: true })).toBeVisible()
  await page.goto('/acme/access/members')
  await page.getByRole('list', { name: 'Members' }).getByLabel('Role of grace').selectOption('member')
  await expect(page.getByText('Changed the role of grace.').first()).toBeVisible()
  const refused = await graces.request.get('/acme/environments/shop/prod')
  expect(await refused.text()).not.toContain('eu-west-1')
  await graces.goto('/acme/environments/shop/prod')
  await expect(graces.getByText('Not found').first()).toBeVisible()
  // A check that their page had under way is refused as well.
  watch.forgive(/status of 404 .*\/shop\/prod/)
})

test('every step is in the audit log, and the chain verifies', async ({ page }) => {
  await page.goto('/acme/audit')
  const log = page.getByRole('list', { name: 'Entries of the audit log' })
  for (const event of [
    'custom-role-created',
    'team-created',
    'organization-invite-sent',
    'organization-invite-accepted',
    'environment-open',
    'environment-access-updated',
    'member-role-changed',
  ]) {
    await expect(log.getByText(event, { exact: true }).first()).toBeVisible()
  }
  await expect(page.getByText('canary-hush')).toHaveCount(0)
  await inspect(page, 'audit-log')
  await page.getByRole('button', { name: 'Verify chain' }).click()
  await expect(page.getByText(/^The chain of \d+ entries is intact\.$/)).toBeVisible()
  await page.keyboard.press('Escape')
  const csv = await page.request.get('/acme/audit/export?format=csv&event=member-role-changed')
  expect(await csv.text()).toMatch(/^Timestamp,.*\r\n.*member-role-changed/)
})
