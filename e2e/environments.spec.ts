/** The list of environments and the ways to create them. */
import type { Page } from '@playwright/test'
import type { OpenEsc } from '../tests/peers/openesc'
import { expectAccessible } from './support/accessibility'
import { definitionEditor, enter, pressShortcut } from './support/console'
import { expect, test } from './support/fixtures'
import { photograph } from './support/pictures'

test.describe.configure({ mode: 'serial' })

/** Of its own, since other stories fill the first one. */
const organization = 'catalogue'
const list = `/${organization}/environments`
const canary = 'canary-4c1f0e7a'

function rows(page: Page) {
  return page.getByRole('main').getByRole('listitem')
}

async function openDialog(page: Page, start: string) {
  await page.goto(`${list}?create=${start}`)
  return page.getByRole('dialog')
}

async function createOrganization(page: Page): Promise<void> {
  await page.goto('/acme/settings')
  await page.getByRole('button', { name: 'Create organization' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill(organization)
  await dialog.getByRole('button', { name: 'Create organization' }).click()
}

async function seed({ api }: OpenEsc, count: number): Promise<void> {
  const post = (path: string, body: object) =>
    api(`/api/esc/environments/${organization}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  for (let at = 0; at < count; at++) {
    const [project, name] = [`team-${at % 4}`, `service-${String(at).padStart(3, '0')}`]
    await post('', { project, name })
    if (at % 3 === 0)
      await post(`/${project}/${name}/tags`, { name: 'tier', value: at % 2 ? 'gold' : 'silver' })
  }
}

test('nothing yet: says how to begin', async ({ page, openesc }) => {
  await enter(page, openesc)
  await createOrganization(page)
  await expect(page.getByRole('heading', { name: 'Create your first environment' })).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'list-first')
  await page.getByRole('link', { name: /^A file/ }).click()
  await expect(page.getByRole('radio', { name: /^A file/ })).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/environments$/)
})

test('from a .env file: secrets recognised, corrected, previewed, created', async ({ page, openesc }) => {
  await enter(page, openesc)
  const dialog = await openDialog(page, 'file')
  await dialog.getByLabel('Name', { exact: true }).fill('from-file')
  const choose = (name: string, text: string) =>
    dialog
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
  await choose('.env', 'A=1\nnonsense\n')
  await expect(dialog.getByText('Line 2: expected NAME=value.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Create environment' })).toBeDisabled()
  await photograph(page, 'create-file-wrong')
  await choose('.env', `# app\nHOST=example.com\nPORT=8080\nDB_PASSWORD=${canary}\nTITLE=shown\n`)
  await expect(dialog.getByText('4 values, 1 of them secret')).toBeVisible()
  await expect(dialog.getByText(canary)).toHaveCount(0)
  await dialog.getByRole('checkbox', { name: 'environmentVariables.TITLE is a secret' }).check()
  await expectAccessible(page)
  await photograph(page, 'create-file')
  await dialog.getByRole('button', { name: 'Create environment' }).click()
  await expect(definitionEditor(page)).toBeAttached()
  await expect(page.getByText('# app')).toBeVisible()
  await expect(page.getByText('ciphertext:')).toHaveCount(2)
})

test('a login to AWS, with its trust policy beforehand', async ({ page, openesc }) => {
  await enter(page, openesc)
  const dialog = await openDialog(page, 'aws')
  await dialog.getByLabel('Name', { exact: true }).fill('cloud')
  await dialog.getByLabel('AWS account id').fill('111122223333')
  await dialog.getByText('Trust policy and set-up commands').click()
  await expect(
    dialog.getByText(`pulumi:environments:org:${organization}:env:default/cloud`).first(),
  ).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'create-aws')
  await dialog.getByRole('button', { name: 'Create environment' }).click()
  await expect(page.getByText('arn:aws:iam::111122223333:role/openesc')).toBeVisible()
})

test('a set of four, all or none', async ({ page, openesc }) => {
  await enter(page, openesc)
  const dialog = await openDialog(page, 'stages')
  await dialog.getByLabel('Project', { exact: true }).fill('shop')
  await dialog.getByLabel('Prefix of the names').fill('web')
  await photograph(page, 'create-stages')
  await dialog.getByRole('button', { name: 'Create 4 environments' }).click()
  await expect(definitionEditor(page)).toBeAttached()
  await page.goto(`${list}?project=shop&sort=used`)
  await expect(rows(page)).toHaveText([/^web-base.*used by 3/, /^web-dev/, /^web-prod/, /^web-stage/])
  const again = await openDialog(page, 'stages')
  await again.getByLabel('Project', { exact: true }).fill('shop')
  await again.getByLabel('Prefix of the names').fill('web')
  await again.getByRole('button', { name: 'Create 4 environments' }).click()
  await expect(again.getByText('An environment of this name exists already.')).toBeVisible()
})

test('search, filter, group and sort live in the URL; rows are walked by keys', async ({ page, openesc }) => {
  await seed(openesc, 60)
  await enter(page, openesc)
  await page.goto(list)
  await expect(page.getByText('66 environments')).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'list')
  await pressShortcut(page, page.getByRole('searchbox', { name: 'Search environments' }), '/')
  await page.keyboard.type('service-00')
  await expect(page).toHaveURL(/q=service-00/)
  await expect(rows(page)).toHaveCount(10)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('j')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('link', { name: 'service-000' })).toBeFocused()
  await page.getByRole('button', { name: /^Tag/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'tier=gold' }).click()
  await expect(rows(page)).toHaveCount(2)
  await page.getByRole('button', { name: /^Group by/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Tag tier' }).click()
  await expect(page.getByRole('region', { name: 'gold' })).toBeVisible()
  await page.reload()
  await expect(rows(page)).toHaveCount(2)
  await photograph(page, 'list-filtered')
  await page.getByRole('link', { name: 'Clear filters' }).click()
  await expect(page.getByRole('region', { name: 'Without the tag tier' })).toBeVisible()
  await page.goto(`${list}?q=no-such-thing`)
  await expect(page.getByText('Nothing matches “no-such-thing”')).toBeVisible()
  await photograph(page, 'list-nothing')
})
