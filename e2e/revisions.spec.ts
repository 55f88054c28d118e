/** Many hands and many revisions: nothing that anybody saved is lost, and every change can be seen and taken back. */
import type { Page } from '@playwright/test'
import { definitionEditor, enter, pasteDefinition } from './support/console'
import { expect, test } from './support/fixtures'
import { inspect } from './support/inspect'
import { anotherBrowser } from './support/people'
import { store, stored } from './support/store'

test.describe.configure({ mode: 'serial' })

const name = 'many/hands'
const editor = `/acme/environments/${name}`
const first = `values:
  # The region stays.
  region: eu-west-1
  size: small
  owner: "ada"
  password:
    fn::secret: canary-first-97d1
  url: https://\${region}.example.com
`

let second: Page

test.beforeAll(async ({ browser, openesc }) => {
  await store(openesc, { name, definition: first })
  second = await anotherBrowser(browser, openesc)
  await enter(second, openesc)
})

test.afterAll(() => second.context().close())

test.beforeEach(({ page, openesc }) => enter(page, openesc))

/** The text in the editor, as stored, with one stretch replaced. */
async function rewrite(page: Page, text: string, [from, to]: [string, string]): Promise<void> {
  expect(text).toContain(from)
  await pasteDefinition(page, text.replace(from, to))
}

async function openEditors(...pages: Page[]): Promise<void> {
  for (const page of pages) {
    await page.goto(editor)
    await expect(definitionEditor(page)).toBeAttached()
  }
}

function save(page: Page, revision: number) {
  return page.getByRole('button', { name: `Save revision ${revision}` }).click()
}

test('two people edit: what does not touch is merged, comments and quotes kept', async ({
  page,
  openesc,
}) => {
  await openEditors(page, second)
  const text = await stored(openesc, name)
  await rewrite(second, text, ['size: small', 'size: large'])
  await second.getByLabel('What changed (optional)').fill('Grow for the sale')
  await save(second, 3)
  await expect(second.getByText('Saved revision 3').first()).toBeVisible()

  await rewrite(page, text, ['  url:', '  tier: gold\n  url:'])
  await save(page, 3)
  await expect(page.getByText('Saved revision 4').first()).toBeVisible()
  await expect(page.getByText('Merged with revision 3 by').first()).toBeVisible()
  expect(await stored(openesc, name)).toBe(
    text.replace('size: small', 'size: large').replace('  url:', '  tier: gold\n  url:'),
  )
  await expect(page.getByRole('tabpanel', { name: 'Tree' }).getByText('large')).toBeVisible()
})

test('what touches is decided by a person, with both sides to see', async ({ page, openesc }) => {
  await openEditors(page, second)
  const text = await stored(openesc, name)
  await rewrite(second, text, ['size: large', 'size: medium'])
  await save(second, 5)
  await expect(second.getByText('Saved revision 5').first()).toBeVisible()

  await rewrite(page, text, ['size: large', 'size: huge # mine'])
  await save(page, 5)
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved first' })
  const conflict = dialog.getByRole('group', { name: 'Conflict 1 of 1' })
  await expect(conflict.getByText('size: medium')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Save revision 6' })).toBeDisabled()
  await conflict.getByLabel('Theirs, revision 5').check()
  await expect(dialog.getByRole('region', { name: 'Result' })).toBeVisible()
  await inspect(page, 'conflict')
  await conflict.getByLabel('Yours').check()
  await dialog.getByRole('button', { name: 'Save revision 6' }).click()
  await expect(page.getByText('Saved revision 6').first()).toBeVisible()
  expect(await stored(openesc, name)).toBe(text.replace('size: large', 'size: huge # mine'))
})

test('leaving the decision open keeps the text, and the next save asks again', async ({ page, openesc }) => {
  await openEditors(page, second)
  const text = await stored(openesc, name)
  await rewrite(second, text, ['tier: gold', 'tier: silver'])
  await save(second, 7)
  await expect(second.getByText('Saved revision 7').first()).toBeVisible()
  await rewrite(page, text, ['tier: gold', 'tier: bronze'])
  await save(page, 7)
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved first' })
  await dialog.getByRole('button', { name: 'Back to the editor' }).click()
  await expect(page.getByRole('tabpanel', { name: 'Tree' }).getByText('bronze')).toBeVisible()
  expect(await stored(openesc, name)).toContain('tier: silver')
  await save(page, 7)
  await dialog.getByLabel('Both, theirs first').check()
  await dialog.getByRole('button', { name: 'Continue in the editor' }).click()
  await expect(page.getByText('1 problem')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save revision 8' })).toBeEnabled()
  expect(await stored(openesc, name)).toContain('tier: silver')
  await page.goto('about:blank')
})

test('the history tells why; two revisions compare by text and by value, secrets only as changed', async ({
  page,
  openesc,
}) => {
  const text = await stored(openesc, name)
  await store(openesc, {
    name,
    definition: text
      .replace(/ciphertext: .*/, '')
      .replace(/fn::secret:\s*$/m, 'fn::secret: canary-second-5b22'),
  })
  await page.goto(`${editor}/versions`)
  const history = page.getByRole('list', { name: 'Revision history' })
  await expect(history.getByText('Grow for the sale')).toBeVisible()
  await inspect(page, 'versions')
  await page.goto(`${editor}/versions/compare?from=2&to=8`)
  await page.getByRole('tab', { name: /^Values/ }).click()
  const values = page.getByRole('table', { name: 'Values that differ' })
  await expect(values.getByRole('row', { name: 'size changed small huge' })).toBeVisible()
  await expect(
    values.getByRole('row', { name: 'password changed hidden secret hidden secret' }),
  ).toBeVisible()
  await expect(values.getByRole('row', { name: 'tier added silver' })).toBeVisible()
  await expect(values.getByRole('row')).toHaveCount(4)
  expect(await page.content()).not.toMatch(/canary-(first|second)/)
  await inspect(page, 'compare-values')
})

test('tags, roll-back and retraction', async ({ page, openesc }) => {
  await page.goto(`${editor}/versions`)
  const menu = (revision: number) =>
    page.getByRole('button', { name: `More actions: Revision ${revision}`, exact: true }).click()
  await menu(4)
  await page.getByRole('menuitem', { name: 'Tag' }).click()
  await page.getByLabel('Tag', { exact: true }).fill('stable')
  await page.getByRole('button', { name: 'Tag revision 4' }).click()
  await expect(page.getByText('stable is revision 4').first()).toBeVisible()

  await menu(7)
  await page.getByRole('menuitem', { name: 'Retract' }).click()
  await page.getByLabel('Reason').fill('A wrong tier')
  await page.getByRole('button', { name: 'Retract revision 7' }).click()
  await expect(page.getByText('retracted, revision 6 is used')).toBeVisible()
  const opened = await openesc.api(`/api/esc/environments/acme/${name}/versions/7`)
  expect(await opened.text()).toContain('size: huge # mine')

  await menu(2)
  await page.getByRole('menuitem', { name: 'Roll back' }).click()
  await page.getByRole('button', { name: 'Roll back to revision 2' }).click()
  await expect(page.getByText('Roll back to revision 2').first()).toBeVisible()
  expect(await stored(openesc, name)).toContain('size: small')
  await inspect(page, 'versions-tagged')
})

test('a clone opens its own secrets', async ({ page, openesc }) => {
  await page.goto(`${editor}/settings`)
  const clone = page.locator('section', { has: page.getByRole('heading', { name: 'Clone' }) })
  await clone.getByLabel('Name', { exact: true }).fill('copy')
  await clone.getByRole('button', { name: 'Clone' }).click()
  await expect(page).toHaveURL(/environments\/many\/copy$/)
  await page.getByRole('button', { name: /^Open/ }).click()
  await page.getByRole('button', { name: 'Reveal password' }).click()
  await expect(page.getByText('canary-first-97d1')).toBeVisible()
  expect(await stored(openesc, 'many/copy')).not.toContain('canary')
})

test('the drawer hands out lines that name this environment and its pin', async ({ page }) => {
  await page.goto(editor)
  await page.getByRole('button', { name: 'Use it' }).click()
  const drawer = page.getByRole('dialog', { name: 'Use this environment' })
  await drawer.getByLabel('Version').selectOption({ index: 1 })
  for (const tab of ['Command line', 'TypeScript SDK', 'GitHub Actions', 'Kubernetes']) {
    await drawer.getByRole('tab', { name: tab }).click()
    await expect(drawer.getByRole('tabpanel')).toContainText('hands')
  }
  await inspect(page, 'use-it')
})
