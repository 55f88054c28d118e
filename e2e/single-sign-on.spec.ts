/** Single sign-on in a real browser against two real providers (`oidc-provider`). */
import type { Page } from '@playwright/test'
import { signIn } from './support/console'
import { expect, test } from './support/fixtures'
import { inspect } from './support/inspect'

const linus = {
  sub: 'linus-1',
  email: 'linus@example.com',
  email_verified: true,
  name: 'Linus Example',
  preferred_username: 'linus',
}

const environments = (page: Page) => page.getByRole('heading', { name: 'Environments', exact: true })

test.describe.configure({ mode: 'serial' })
test.use({ singleSignOn: ['Acme', 'Globex'] })

test('an administrator says which group of which provider is in a team', async ({ page, openesc }) => {
  await page.goto('/signin')
  await expect(page.getByRole('button', { name: 'Sign in with Acme' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sign in with Globex' })).toBeVisible()
  await inspect(page, 'sign-in-providers')
  await signIn(page, openesc.administrator)
  await page.goto('/acme/access/teams')
  await page.getByRole('button', { name: 'Create team' }).click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('reliability')
  await page.getByRole('dialog').getByRole('button', { name: 'Create team' }).click()
  await page.getByRole('button', { name: 'Add group' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Provider').selectOption('Acme')
  await dialog.getByLabel('Group').fill('sre')
  await dialog.getByRole('button', { name: 'Add group' }).click()
  const groups = page.getByRole('region', { name: 'Groups of single sign-on' })
  await expect(groups.getByText('sre')).toBeVisible()
  await inspect(page, 'team-groups')
})

test('T15: the same subject and address at the other provider is somebody else', async ({
  page,
  watch,
  identityProviders: [acme, globex],
}) => {
  if (!acme || !globex) throw new Error('two providers are needed')
  globex.person = { ...linus, groups: ['sre'] }
  await page.goto('/signin')
  await page.getByRole('button', { name: 'Sign in with Globex' }).click()
  await expect(page.getByText('invitation')).toBeVisible()
  watch.forgive(new RegExp(`foreign origin: ${globex.issuer}/`))

  acme.person = { ...linus, groups: ['sre'] }
  await page.getByRole('button', { name: 'Sign in with Acme' }).click()
  await expect(environments(page)).toBeVisible()
  await page.goto('/acme/access/teams/reliability')
  await expect(page.getByText('Linus Example').first()).toBeVisible()
  watch.forgive(new RegExp(`foreign origin: ${acme.issuer}/`))
})

test('who has left the group has left the team at the next sign-in', async ({
  page,
  watch,
  identityProviders: [acme],
}) => {
  if (!acme) throw new Error('a provider is needed')
  acme.person = { ...linus, groups: [] }
  await page.goto('/signin')
  await page.getByRole('button', { name: 'Sign in with Acme' }).click()
  await expect(environments(page)).toBeVisible()
  await page.goto('/acme/access/teams/reliability')
  await expect(page.getByText('Nobody is in this team.')).toBeVisible()
  watch.forgive(new RegExp(`foreign origin: ${acme.issuer}/`))
})
