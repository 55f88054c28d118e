/** What keeps one change from breaking others: protection, who pins a tag, retraction, and no way back for rotators. */
import { createAccessToken, definitionEditor, enter, pasteDefinition } from './support/console'
import { expect, test } from './support/fixtures'
import { settled } from './support/inspect'
import { callAction } from './support/server-actions'
import { store, stored } from './support/store'
import { openTerminal } from './support/terminal'

test.describe.configure({ mode: 'serial' })

const versions = 'app/(console)/[org]/environments/[project]/[env]/versions/actions.ts'

test.beforeEach(({ page, openesc }) => enter(page, openesc))

test('what is protected is deleted by no door, and each says the same', async ({ page, openesc }) => {
  await store(openesc, { name: 'guarded/kept', definition: 'values: {}\n' })
  await page.goto('/acme/environments/guarded/kept/settings')
  await page.getByRole('switch', { name: 'Protect from deletion' }).click()
  const said =
    "cannot delete environment: deletion protection is enabled. Disable deletion protection with 'esc env settings set acme/guarded/kept deletion-protected false' before deleting"
  await expect(page.getByText(said)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Delete environment' })).toHaveCount(0)
  await page.reload()
  await expect(page.getByText(said)).toBeVisible()

  const refused = await openesc.api('/api/esc/environments/acme/guarded/kept', { method: 'DELETE' })
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({ message: said })

  const terminal = openTerminal()
  const login = `esc login ${openesc.url}`
  const token = await createAccessToken(page, 'deleting')
  expect((await terminal.run(login, { PULUMI_ACCESS_TOKEN: token })).code).toBe(0)
  const removed = await terminal.run('esc env rm acme/guarded/kept --yes', { PULUMI_ACCESS_TOKEN: token })
  terminal.close()
  expect(removed.code).not.toBe(0)
  expect(removed.stderr).toContain(said)
  expect((await openesc.api('/api/esc/environments/acme/guarded/kept')).status).toBe(200)

  // The twin: without the protection it goes.
  await page.goto('/acme/environments/guarded/kept/settings')
  await page.getByRole('switch', { name: 'Protect from deletion' }).click()
  await page.getByLabel('Type guarded/kept to confirm').fill('guarded/kept')
  await page.getByRole('button', { name: 'Delete environment' }).click()
  await expect(page.getByText('Deleted guarded/kept').first()).toBeVisible()
})

test('moving a tag names who pins it; a retracted revision is replaced, with a warning', async ({
  page,
  openesc,
}) => {
  for (const stage of ['one', 'two', 'three']) {
    await store(openesc, { name: 'guarded/base', definition: `values:\n  stage: ${stage}\n` })
  }
  const tags = '/api/esc/environments/acme/guarded/base/versions/tags'
  const headers = { 'content-type': 'application/json' }
  await openesc.api(tags, { method: 'POST', headers, body: '{"name":"stable","revision":3}' })
  await store(openesc, {
    name: 'guarded/pinned',
    definition: 'imports:\n  - guarded/base@stable\nvalues: {}\n',
  })
  await store(openesc, { name: 'guarded/numbered', definition: 'imports:\n  - guarded/base@3\nvalues: {}\n' })

  await page.goto('/acme/environments/guarded/base/versions')
  const menu = (revision: number) =>
    page.getByRole('button', { name: `More actions: Revision ${revision}`, exact: true }).click()
  await menu(2)
  await page.getByRole('menuitem', { name: 'Tag' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Tag', { exact: true }).fill('stabl')
  await expect(dialog.getByText('guarded/pinned')).toHaveCount(0)
  await dialog.getByLabel('Tag', { exact: true }).fill('stable')
  await expect(dialog.getByText('One environment pins this tag and changes at once.')).toBeVisible()
  await expect(dialog.getByText('guarded/pinned')).toBeVisible()
  await expect(dialog.getByText('guarded/numbered')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Tag revision 2' }).click()
  await expect(page.getByText('stable is revision 2').first()).toBeVisible()

  await menu(3)
  await page.getByRole('menuitem', { name: 'Retract' }).click()
  await dialog.getByLabel('Reason').fill('A wrong stage')
  await dialog.getByRole('button', { name: 'Retract revision 3' }).click()
  await expect(page.getByText('retracted, revision 2 is used')).toBeVisible()
  await page.goto('/acme/environments/guarded/numbered')
  await expect(page.getByRole('row', { name: /^stage one / })).toBeVisible()
  await expect(page.getByText('revision 3 is retracted; revision 2 is used').first()).toBeVisible()
  await page.goto('/acme/environments/guarded/pinned')
  await expect(page.getByRole('row', { name: /^stage one / })).toBeVisible()
  await settled(page)
  await expect(page.getByText('is retracted')).toHaveCount(0)
})

test('what rotates is not rolled back, with the button or without', async ({ page, openesc }) => {
  const name = 'guarded/rotating'
  await store(openesc, { name, definition: 'values:\n  a: 1\n' })
  await store(openesc, {
    name,
    definition: 'values:\n  db:\n    fn::rotate::password:\n      inputs: {}\n',
  })
  const before = await stored(openesc, name)
  await page.goto(`/acme/environments/${name}/versions`)
  await page.getByRole('button', { name: 'More actions: Revision 2', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Roll back' }).click()
  await page.getByRole('button', { name: 'Roll back to revision 2' }).click()
  await expect(page.getByText('an environment with a rotator cannot be rolled back').first()).toBeVisible()
  const etag = (await openesc.api(`/api/esc/environments/acme/${name}`)).headers.get('etag') ?? ''
  const input = { organization: 'acme', project: 'guarded', name: 'rotating', revision: 2, etag }
  expect(await callAction(page, `${versions}#rollBack`, input)).toBe('conflict')
  expect(await stored(openesc, name)).toBe(before)
})

test('after a rotation failed in part, only what failed is tried again', async ({ page, openesc }) => {
  const name = 'guarded/partly'
  const faulty = (minLower: number) =>
    `values:\n  good:\n    fn::rotate::password:\n      inputs: {}\n  faulty:\n    fn::rotate::password:\n      inputs: { length: 8, minLower: ${minLower} }\n`
  await store(openesc, { name, definition: faulty(9) })
  await page.goto(`/acme/environments/${name}/rotation`)
  await expect(page.getByRole('button', { name: 'Retry failed' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Rotate all' }).click()
  await expect(page.getByText('Not everything could be rotated').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Retry failed' })).toBeVisible()
  const goodOnce = stateOf(await stored(openesc, name), 'good')
  expect(goodOnce).not.toBe('')

  await page.goto(`/acme/environments/${name}`)
  await expect(definitionEditor(page)).toBeAttached()
  await pasteDefinition(page, (await stored(openesc, name)).replace('minLower: 9', 'minLower: 1'))
  await page.keyboard.press('Control+S')
  await expect(page.getByText(/^Saved revision/).first()).toBeVisible()
  await page.goto(`/acme/environments/${name}/rotation`)
  await page.getByRole('button', { name: 'Retry failed' }).click()
  await expect(page.getByText(/^Rotated\. New revision \d+\.$/).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Retry failed' })).toHaveCount(0)
  const after = await stored(openesc, name)
  expect(stateOf(after, 'good')).toBe(goodOnce)
  expect(stateOf(after, 'faulty')).not.toBe('')
})

/** The sealed secrets of one rotated value. */
function stateOf(definition: string, key: string): string {
  const [, own = ''] = new RegExp(`^  ${key}:\\n((?:    .*\\n)*)`, 'm').exec(definition) ?? []
  return [...own.matchAll(/ciphertext: (\S+)/g)].map(([, sealed]) => sealed).join(' ')
}
