/** A page whose data is late: the part that streams in is shown once, and is never rendered a second time beside it. */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startOpenEsc } from '../tests/peers/openesc'
import { type Postgres, postgresPrograms, startPostgres } from '../tests/peers/postgres'
import { signIn } from './support/console'
import { test as base, expect } from './support/fixtures'

const test = base.extend<object, { postgres: Postgres }>({
  postgres: [
    async ({ browserName: _ }, use) => {
      const postgres = await startPostgres()
      await use(postgres)
      await postgres.stop()
    },
    { scope: 'worker' },
  ],
  openesc: [
    async ({ postgres }, use) => {
      const openesc = await startOpenEsc({
        env: { DATABASE_URL: postgres.url, OPENESC_MASTER_KEY: randomBytes(32).toString('base64') },
      })
      await use(openesc)
      await openesc.stop()
    },
    { scope: 'worker' },
  ],
})

test.skip(
  postgresPrograms.kind === 'absent',
  postgresPrograms.kind === 'absent' ? postgresPrograms.reason : '',
)

/** Counts the headings and skeletons that are in the document at once, from the first byte on. */
const observe = `
  window.most = { headings: 0, skeletons: 0 }
  new MutationObserver(() => {
    const count = (selector) => document.querySelectorAll(selector).length
    window.most.headings = Math.max(window.most.headings, count('h1'))
    window.most.skeletons = Math.max(window.most.skeletons, count('[role=status][aria-label^=Loading]'))
  }).observe(document, { subtree: true, childList: true })
`

test('what streams in late is in the page once', async ({ page, openesc, postgres }) => {
  await signIn(page, openesc.administrator)
  await page.addInitScript(observe)
  const holder = new pg.Client({ connectionString: postgres.url })
  await holder.connect()
  await holder.query('begin; lock table "Team" in access exclusive mode')
  const arrived = page.goto('/acme/access/teams')
  await expect(page.getByRole('status', { name: 'Loading' })).toBeVisible()
  // Long enough for the frame around the page to come alive.
  await sleep(1_000)
  await holder.query('commit')
  await holder.end()
  await arrived
  await expect(page.getByRole('heading', { name: 'Teams', exact: true })).toBeVisible()
  expect(await page.evaluate('window.most')).toEqual({ headings: 1, skeletons: 1 })
})
