/** What an environment does by itself: rotating secrets, by hand and by schedule, and telling others. */
import { createServer, type Socket } from 'node:net'
import { freePort } from '../tests/peers/free-port'
import { createEnvironment, enter, pasteDefinition } from './support/console'
import { expect, test } from './support/fixtures'
import { inspect } from './support/inspect'
import { anotherBrowser, join } from './support/people'
import { store } from './support/store'

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

test('an organization has webhooks of its own, which hear of every environment', async ({
  page,
  browser,
  openesc,
}) => {
  await page.goto('/acme/settings')
  await page.getByRole('link', { name: 'Webhooks' }).click()
  await expect(page.getByRole('heading', { name: 'No webhooks' })).toBeVisible()
  await inspect(page, 'organization-webhooks-empty')
  await page.getByRole('button', { name: 'Add webhook' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('everything')
  await dialog.getByLabel('Address').fill('no address')
  await dialog.getByLabel('Secret').fill('canary of the organization')
  await expect(dialog.getByRole('option', { name: 'Deployment' })).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Save webhook' }).click()
  await expect(dialog.getByLabel('Address')).toHaveAccessibleDescription(/invalid payloadUrl/)
  await dialog.getByLabel('Address').fill('https://hooks.invalid/everything')
  await inspect(page, 'organization-webhook-form')
  await dialog.getByRole('button', { name: 'Save webhook' }).click()
  const hooks = page.getByRole('list', { name: 'Webhooks' })
  await expect(hooks.getByText('https://hooks.invalid/everything')).toBeVisible()
  await inspect(page, 'organization-webhooks')
  await hooks.getByRole('link', { name: 'everything' }).click()
  await page.getByRole('button', { name: 'Send test' }).click()
  await expect(page.getByText('No answer to the test').first()).toBeVisible()
  const deliveries = page.getByRole('list', { name: 'Deliveries' })
  await expect(deliveries.getByText('ping')).toBeVisible()
  await deliveries.getByRole('button', { name: 'Send again' }).click()
  await expect(deliveries.getByText('2 tries')).toBeVisible()
  await inspect(page, 'organization-webhook')
  await page.getByRole('button', { name: 'Edit' }).click()
  await dialog.getByLabel('Name', { exact: true }).fill('everything else')
  await dialog.getByRole('button', { name: 'Save webhook' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'everything else' })).toBeVisible()
  const address = page.url()
  const theirs = await anotherBrowser(browser, openesc)
  const email = 'hana@example.com'
  await join(page, theirs, { login: 'hana', name: 'Hana', email, password: 'a long enough password' })
  await theirs.goto('/acme/settings/webhooks')
  await expect(theirs.getByText('organization_webhook:read')).toBeVisible()
  await inspect(theirs, 'organization-webhooks-forbidden')
  await theirs.context().close()
  await page.goto(address)
  await page.getByRole('button', { name: 'Remove' }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByRole('heading', { name: 'No webhooks' })).toBeVisible()
})

/** A database that accepts connections and stays silent. */
async function silentDatabase() {
  const sockets: Socket[] = []
  const port = await freePort()
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port,
    sockets,
    stop() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

test('what a rotation left over is read, and let go', async ({ page, openesc }) => {
  const database = await silentDatabase()
  const name = 'shop/left'
  const definition = `values:
  db:
    fn::rotate::postgres:
      inputs:
        database:
          host: 127.0.0.1
          port: ${database.port}
          database: shop
          managingUser: { username: manager, password: { fn::secret: canary-manager } }
        rotateUsers: { username1: shop_one, username2: shop_two }
`
  await store(openesc, { name, definition })
  const rotating = openesc.api(`/api/esc/environments/acme/${name}/rotate`, { method: 'POST' })
  await expect.poll(() => database.sockets.length).toBeGreaterThan(0)
  await store(openesc, { name, definition: 'values:\n  db: gone\n' })
  database.stop()
  await rotating
  await page.goto(`/acme/environments/${name}/rotation`)
  const leftovers = page.getByRole('list', { name: 'Left over' })
  await expect(leftovers.getByText('postgres')).toBeVisible()
  await inspect(page, 'rotation-leftovers')
  await leftovers.getByRole('button', { name: 'Read what is left of db' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Show secrets' }).click()
  await expect(dialog.getByRole('textbox')).toHaveValue(/"username": "shop_one"/)
  await inspect(page, 'rotation-leftover')
  await page.keyboard.press('Escape')
  await leftovers.getByRole('button', { name: 'Let go what is left of db' }).click()
  await expect(dialog.getByRole('button', { name: 'Let go' })).toBeDisabled()
  await dialog.getByRole('textbox').fill('db')
  await inspect(page, 'rotation-let-go')
  await dialog.getByRole('button', { name: 'Let go' }).click()
  await expect(leftovers).toHaveCount(0)
})
