/** What an environment does by itself: rotating secrets, by hand and by schedule, and telling others. */
import { createEnvironment, enter, pasteDefinition } from './support/console'
import { expect, test } from './support/fixtures'
import { inspect } from './support/inspect'

test.describe.configure({ mode: 'serial' })

const place = '/acme/environments/shop/automated'
const definition = 'values:\n  db:\n    fn::rotate::password:\n      inputs:\n        length: 24\n'

test.beforeEach(({ page, openesc }) => enter(page, openesc))

test('secrets rotate when somebody asks for it', async ({ page }) => {
  await createEnvironment(page, { name: 'automated', project: 'shop' })
  await page.goto(`${place}/rotation`)
  await expect(page.getByText('Nothing rotates here', { exact: false })).toBeVisible()
  await page.goto(place)
  await pasteDefinition(page, definition)
  await page.keyboard.press('Control+S')
  await expect(page.getByText('rev 2', { exact: true })).toBeVisible()
  await page.goto(`${place}/rotation`)
  await page.getByRole('button', { name: 'Rotate db' }).click()
  await expect(page.getByText('Rotated. New revision 3.').first()).toBeVisible()
  await expect(page.getByText('revision 2 → 3')).toBeVisible()
  await page.getByRole('button', { name: 'Rotate all' }).click()
  await expect(page.getByText('revision 3 → 4')).toBeVisible()
})

test('and by schedule, which can be paused and removed', async ({ page }) => {
  await page.goto(`${place}/rotation`)
  await page.getByRole('button', { name: 'Add schedule' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What', { exact: true }).selectOption('db')
  await dialog.getByLabel('Cron expression').fill('not a cron')
  await expect(dialog.getByText('This means no time.')).toBeVisible()
  await dialog.getByLabel('Cron expression').fill('30 4 * * 0')
  await expect(dialog.getByText(/^Next run: /)).toBeVisible()
  await inspect(page, 'schedule-form')
  await dialog.getByRole('button', { name: 'Add schedule' }).click()
  const schedules = page.getByRole('list', { name: 'Schedules' })
  await expect(schedules.getByText('30 4 * * 0')).toBeVisible()
  await schedules.getByRole('button', { name: 'Pause' }).click()
  await expect(schedules.getByText('paused')).toBeVisible()
  await inspect(page, 'rotation')
  await schedules.getByRole('button', { name: 'Resume' }).click()
  await expect(schedules.getByText('paused')).toHaveCount(0)
  await schedules.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('No schedule: secrets are rotated when somebody asks for it.')).toBeVisible()
})

test('webhooks are added, tested, changed and removed', async ({ page }) => {
  await page.goto(`${place}/webhooks`)
  await inspect(page, 'webhooks-empty')
  await page.getByRole('button', { name: 'Add webhook' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('deploy')
  await dialog.getByLabel('Address').fill('https://hooks.invalid/deploy')
  await dialog.getByLabel('Secret').fill('canary shared with the receiver')
  await inspect(page, 'webhook-form')
  await dialog.getByRole('button', { name: 'Save webhook' }).click()
  await page.getByRole('list', { name: 'Webhooks' }).getByRole('link', { name: 'deploy' }).click()
  await page.getByRole('button', { name: 'Send test' }).click()
  await expect(page.getByText('No answer to the test').first()).toBeVisible()
  const deliveries = page.getByRole('list', { name: 'Deliveries' })
  await expect(deliveries.getByText('ping')).toBeVisible()
  await inspect(page, 'webhook')
  await deliveries.getByRole('button', { name: 'Details' }).click()
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Request' })).not.toBeEmpty()
  await inspect(page, 'delivery')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Edit' }).click()
  await page.getByRole('dialog').getByRole('switch', { name: 'On' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save webhook' }).click()
  await expect(page.getByText('off', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByRole('heading', { name: 'No webhooks' })).toBeVisible()
})
