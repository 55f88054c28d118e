/** Every page, in both colour schemes: axe finds nothing grave, and pictures are taken for people to look at. */
import { startOpenEsc } from '../tests/peers/openesc'
import { createEnvironment, openList, pasteDefinition, saveAndOpen, signIn } from './support/console'
import { expect, test } from './support/fixtures'
import { inspect } from './support/inspect'

test.describe.configure({ mode: 'serial' })

test('sign-in', async ({ page }) => {
  await page.goto('/signin')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await inspect(page, 'sign-in')
})

test('set-up', async ({ browser, watch }) => {
  const openesc = await startOpenEsc({ setup: 'browser' })
  watch.origins.add(openesc.url)
  const context = await browser.newContext({ baseURL: openesc.url })
  const page = await context.newPage()
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Set up OpenESC' })).toBeVisible()
  await inspect(page, 'set-up')
  await context.close()
  await openesc.stop()
})

test('list, dialog, editor, identity', async ({ page, openesc }) => {
  await signIn(page, openesc.administrator)
  await inspect(page, 'list-empty')
  await page.getByRole('button', { name: 'Create environment' }).first().click()
  await inspect(page, 'create-environment')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await createEnvironment(page, { name: 'pictured', project: 'shop' })
  await inspect(page, 'editor-new')
  await pasteDefinition(
    page,
    `values:\n  name: shop\n  password:\n    fn::secret: canary-hush\n  copy: \${missing}\n`,
  )
  await expect(page.getByText('1 problem')).toBeVisible()
  await inspect(page, 'editor-problem')
  await pasteDefinition(page, 'values:\n  name: shop\n  password:\n    fn::secret: canary-hush\n')
  await saveAndOpen(page)
  await expect(page.getByText(/^open · [\d:]+ left$/)).toBeVisible()
  await inspect(page, 'editor-open')
  await page.getByRole('button', { name: 'Identity' }).click()
  await inspect(page, 'identity')
  await page.keyboard.press('Escape')
  await openList(page)
  await inspect(page, 'list')
})

test('access tokens, password and sessions', async ({ page, openesc }) => {
  await signIn(page, openesc.administrator)
  await page.goto('/account/tokens')
  await expect(page.getByRole('heading', { name: 'Access tokens' })).toBeVisible()
  await inspect(page, 'tokens')
  await page.goto('/account/security')
  await expect(page.getByRole('heading', { name: 'Password', exact: true })).toBeVisible()
  await inspect(page, 'security')
})
