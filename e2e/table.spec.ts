/** The definition as a table, the imports with their pins, the providers' pages, and actions on secrets. */
import type { Page } from '@playwright/test'
import type { OpenEsc } from '../tests/peers/openesc'
import { expectAccessible } from './support/accessibility'
import { definitionEditor, enter, pasteDefinition } from './support/console'
import { expect, test } from './support/fixtures'
import { photograph } from './support/pictures'

const definition = `# The shop, and what it needs.
imports:
  - shop/base # first
values:
  db: # why there is one
    host: 'db.example.com' # beside
    port: 5432
    password:
      fn::secret: canary-hush
  url: "http://\${db.host}"
  note: |
    two
    lines
  environmentVariables:
    HOST: \${db.host}
`

const base = 'values:\n  stage: dev\n'

/** Makes an environment of the project `shop`; one that is there already stays. */
async function create({ api }: OpenEsc, name: string, yaml: string): Promise<void> {
  const [project] = ['shop']
  const headers = { 'content-type': 'application/json' }
  await api('/api/esc/environments/acme', {
    method: 'POST',
    headers,
    body: JSON.stringify({ project, name }),
  })
  const path = `/api/esc/environments/acme/${project}/${name}`
  await api(path, { method: 'PATCH', headers: { 'content-type': 'application/x-yaml' }, body: yaml })
}

async function stored({ api }: OpenEsc, name: string): Promise<string> {
  return (await api(`/api/esc/environments/acme/shop/${name}`)).text()
}

async function show(page: Page, name: string): Promise<void> {
  await page.goto(`/acme/environments/shop/${name}`)
  await expect(definitionEditor(page)).toBeAttached()
}

function row(page: Page, path: string) {
  return page.getByRole('listitem', { name: path, exact: true })
}

test('cells change the one value: comments, quotes and order survive, and a save seals', async ({
  page,
  openesc,
}) => {
  await create(openesc, 'base', base)
  await create(openesc, 'table', definition)
  const before = await stored(openesc, 'table')
  await enter(page, openesc)
  await show(page, 'table')
  await page.getByRole('tab', { name: 'Table' }).click()
  await page.getByLabel('Value of db.host').fill("it's elsewhere")
  await page.keyboard.press('Enter')
  await page.getByLabel('Value of db.port').fill('not a number')
  await page.keyboard.press('Enter')
  await expect(row(page, 'db.port').getByText('this is no number')).toBeVisible()
  await page.getByLabel('Value of db.port').fill('5433')
  await page.keyboard.press('Enter')
  await page.getByLabel('New path in Environment variables').fill('API_TOKEN')
  await page.getByLabel('New value in Environment variables').fill('planted-canary')
  await expect(
    page.getByRole('form', { name: 'Add to Environment variables' }).getByRole('checkbox'),
  ).toBeChecked()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Value of API_TOKEN')).toHaveAttribute('type', 'password')
  expect(await row(page, 'API_TOKEN').innerHTML()).not.toContain('planted-canary')
  await page.getByRole('button', { name: 'More for url' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.getByLabel('New name of url').fill('address')
  await page.keyboard.press('Enter')
  await expect(row(page, 'address')).toBeVisible()
  await page.getByRole('button', { name: 'More for note' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await expect(row(page, 'note')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row(page, 'note')).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'table')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Saved revision 3').first()).toBeVisible()
  const after = await stored(openesc, 'table')
  const expected = before
    .replace("'db.example.com'", "'it''s elsewhere'")
    .replace('5432', '5433')
    .replace('url:', 'address:')
  expect(after.startsWith(expected)).toBe(true)
  expect(after).not.toContain('planted-canary')
})

test('an eye opens one secret; without the right nothing comes', async ({ page, openesc }) => {
  await create(openesc, 'base', base)
  await create(openesc, 'eye', definition)
  await enter(page, openesc)
  await show(page, 'eye')
  await page.getByRole('tab', { name: 'Table' }).click()
  await expect(page.getByLabel('Value of db.password')).toHaveValue('')
  await page.getByRole('button', { name: 'Reveal db.password' }).click()
  await expect(page.getByLabel('Value of db.password')).toHaveValue('canary-hush')
  await page.getByRole('button', { name: 'Hide db.password' }).click()
  await expect(page.getByLabel('Value of db.password')).toHaveValue('')
  await page.getByRole('checkbox', { name: 'db.host is a secret' }).check()
  await page.getByRole('tab', { name: 'Document' }).click()
  await expect(page.getByText("fn::secret: 'db.example.com' # beside")).toBeVisible()
})

test('a broken text stays a document', async ({ page, openesc }) => {
  await create(openesc, 'broken', 'values: {}\n')
  await enter(page, openesc)
  await show(page, 'broken')
  await pasteDefinition(page, 'values: [')
  await page.getByRole('tab', { name: 'Table' }).click()
  await expect(page.getByText('correct its YAML errors first')).toBeVisible()
  await expect(definitionEditor(page)).toBeVisible()
})

test('imports are pinned, brought up to date, moved and followed again', async ({ page, openesc }) => {
  await create(openesc, 'base', base)
  await create(openesc, 'second', 'values:\n  b: 1\n')
  await create(openesc, 'importer', 'imports:\n  - shop/base\n  - shop/second # last\nvalues: {}\n')
  await enter(page, openesc)
  await show(page, 'importer')
  await expect(page.getByText('2 imports')).toBeVisible()
  await page.getByRole('button', { name: '2 imports' }).click()
  const first = page.getByRole('listitem', { name: 'shop/base', exact: true })
  await first.getByRole('button', { name: 'Pin', exact: true }).click()
  await expect(page.getByRole('listitem', { name: 'shop/base@2' })).toBeVisible()
  await photograph(page, 'imports')
  await page.getByRole('button', { name: 'Move shop/base@2 down' }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Saved revision 3').first()).toBeVisible()
  expect(await stored(openesc, 'importer')).toBe(
    'imports:\n  - shop/second # last\n  - shop/base@2\nvalues: {}\n',
  )
  await openesc.api('/api/esc/environments/acme/shop/base', {
    method: 'PATCH',
    body: 'values:\n  stage: prod\n',
  })
  await page.getByRole('button', { name: '2 imports' }).click()
  await page.getByRole('button', { name: 'Update to 3' }).click()
  await expect(page.getByRole('listitem', { name: 'shop/base@3' })).toBeVisible()
  await page.getByRole('button', { name: 'Unpin' }).click()
  await expect(page.getByRole('listitem', { name: 'shop/base', exact: true })).toBeVisible()
})

test('a provider is documented from its schema, and its example inserted', async ({ page, openesc }) => {
  await create(openesc, 'documented', 'values: {}\n')
  await enter(page, openesc)
  await show(page, 'documented')
  await page.getByRole('button', { name: 'Providers' }).click()
  await page.getByRole('button', { name: 'aws-login' }).click()
  await expect(page.getByText('oidc.roleArn')).toBeVisible()
  await expect(page.getByText('secretAccessKey').first()).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'providers')
  await page.getByRole('button', { name: 'Insert into the definition' }).click()
  await expect(page.getByText('fn::open::aws-login:')).toBeVisible()
})

test('a ciphertext pasted from elsewhere is recognised and sealed for here', async ({ page, openesc }) => {
  await create(openesc, 'source', 'values:\n  p:\n    fn::secret: canary-hush\n')
  await create(openesc, 'pasted', 'values: {}\n')
  const foreign = /ciphertext: (\S+)/.exec(await stored(openesc, 'source'))?.[1] ?? ''
  await enter(page, openesc)
  await show(page, 'pasted')
  await pasteDefinition(page, `values:\n  p:\n    fn::secret:\n      ciphertext: ${foreign}\n`)
  await expect(page.getByText('it belongs to another environment').first()).toBeVisible()
  await photograph(page, 'foreign-ciphertext')
  await page.getByRole('button', { name: 'Encrypt for here' }).click()
  await expect(page.getByText('the secret came from shop/source').first()).toBeVisible()
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Saved revision 3').first()).toBeVisible()
  expect(await stored(openesc, 'pasted')).not.toContain(foreign)
  const opened = await openesc.api('/api/esc/environments/acme/shop/pasted/decrypt')
  expect(await opened.text()).toContain('canary-hush')
})

/** Monaco drops the menu when the cursor's own look for actions comes before the answer; a person presses again. */
async function chooseAction(page: Page, name: string): Promise<void> {
  const action = page.getByText(name)
  await expect(async () => {
    await page.keyboard.press('Control+.')
    await expect(action).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await action.click()
}

test('actions in the editor: decrypt here, and move values to an import', async ({ page, openesc }) => {
  await create(
    openesc,
    'actions',
    'values:\n  # common\n  common:\n    a: 1\n  own:\n    fn::secret: planted-canary\n',
  )
  await enter(page, openesc)
  await show(page, 'actions')
  await page.getByText('ciphertext:').click()
  await chooseAction(page, 'Decrypt this secret here')
  await expect(page.getByText('fn::secret: planted-canary')).toBeVisible()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+End')
  await chooseAction(page, 'Move common to an environment of its own')
  await page.getByLabel('New environment').fill('shop/extracted')
  await page.getByRole('dialog').getByRole('button', { name: 'Create environment' }).click()
  await expect(page.getByText('- shop/extracted')).toBeVisible()
  expect(await stored(openesc, 'extracted')).toBe('values:\n  # common\n  common:\n    a: 1\n')
})
