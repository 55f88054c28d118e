/** Every page, in both colour schemes: axe finds nothing grave, and pictures are taken for people to look at. */
import { startOpenEsc } from '../tests/peers/openesc'
import {
  createEnvironment,
  definitionEditor,
  openList,
  pasteDefinition,
  pressShortcut,
  saveAndOpen,
  signIn,
} from './support/console'
import { expect, test } from './support/fixtures'
import { inspect } from './support/inspect'
import { store } from './support/store'

test.describe.configure({ mode: 'serial' })

// A browser asks for it where the page has not yet named its icon: what describes a page may stream in after it.
test('a browser finds the icon without being told', async ({ openesc }) => {
  const answer = await fetch(`${openesc.url}/favicon.ico`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/x-icon'])
})

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

const environment = '/acme/environments/shop/looked-at'

/** Pages that no other story looks at. */
const addresses = {
  'not-found': '/acme/environments/shop/missing',
  'list-without-result': '/acme/environments?q=nothing-of-this-name',
  'list-by-tag': '/acme/environments?group=tag:env',
  deleted: '/acme/environments/deleted',
  versions: `${environment}/versions`,
  compare: `${environment}/versions/compare?from=2&to=3`,
  uses: '/acme/environments/shop/imported/uses',
  rotation: `${environment}/rotation`,
  'environment-settings': `${environment}/settings`,
  'shared-tokens': '/acme/access/tokens',
  issuers: '/acme/access/issuers',
  'command-line': '/welcome/cli',
}

test('every other page', async ({ page, openesc }) => {
  await store(openesc, { name: 'shop/imported', definition: 'values:\n  region: eu-west-1\n' })
  for (const host of ['first', 'second']) {
    await store(openesc, {
      name: 'shop/looked-at',
      definition: `imports:\n  - shop/imported\nvalues:\n  host: ${host}\n  password:\n    fn::secret: ${host}\n`,
    })
  }
  await signIn(page, openesc.administrator)
  for (const [name, address] of Object.entries(addresses)) {
    await test.step(name, async () => {
      await page.goto(address)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await inspect(page, name)
    })
  }
})

test('what lies over the pages', async ({ page, openesc }) => {
  await signIn(page, openesc.administrator)
  for (const start of ['aws', 'azure', 'gcp', 'stages', 'file']) {
    await page.goto(`/acme/environments?create=${start}`)
    await expect(page.getByRole('dialog')).toBeVisible()
    await inspect(page, `create-${start}`)
  }
  await page.goto('/acme/environments')
  await pressShortcut(page, page.getByRole('button', { name: 'Search', exact: true }), 'Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await inspect(page, 'palette')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await inspect(page, 'shortcuts')

  await page.goto(environment)
  await expect(definitionEditor(page)).toBeAttached()
  await page.getByRole('tab', { name: 'Table' }).click()
  await inspect(page, 'table')
  for (const panel of ['1 import', 'Providers', 'Use it', 'Why host']) {
    await page.getByRole('button', { name: panel, exact: true }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await inspect(page, `panel-${panel.toLowerCase().replaceAll(' ', '-')}`)
    await page.keyboard.press('Escape')
  }
})
