/**
 * `npx tsx e2e/walk-through.ts`: takes the pictures of docs/walk-through.md and of the README from a built server, into
 * docs/images.
 */
import { chromium, expect, type Page } from '@playwright/test'
import { findChromium } from '../tests/peers/chromium'
import { type OpenEsc, startOpenEsc } from '../tests/peers/openesc'
import { type StrictAws, startStrictAws } from '../tests/peers/strict-aws'
import { definitionEditor, pasteDefinition, saveAndOpen, signIn } from './support/console'
import { store } from './support/store'

const editor = '/acme/environments/shop/prod'

const base = `values:
  region: eu-west-1
  database:
    host: db.internal
    port: 5432
  environmentVariables:
    AWS_REGION: \${region}
`

const prod = (role: string) => `imports:
  - shop/base
values:
  # Short-lived credentials: nobody stores a key.
  aws:
    login:
      fn::open::aws-login:
        oidc:
          duration: 1h
          roleArn: arn:aws:iam::123456789012:role/${role}
          sessionName: shop
  database:
    host: db.prod.example.com
    password:
      fn::secret: correct-horse-battery
  environmentVariables:
    AWS_ACCESS_KEY_ID: \${aws.login.accessKeyId}
    AWS_SECRET_ACCESS_KEY: \${aws.login.secretAccessKey}
    AWS_SESSION_TOKEN: \${aws.login.sessionToken}
    DATABASE_URL: postgres://shop:\${database.password}@\${database.host}:\${database.port}/shop
`

async function main(): Promise<void> {
  const aws = await startStrictAws({ buckets: ['alpha'] })
  const openesc = await startOpenEsc({ env: { AWS_ENDPOINT_URL_STS: aws.url } })
  const executablePath = findChromium()
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--disable-gpu'],
    ...(executablePath && { executablePath }),
  })
  const context = await browser.newContext({
    baseURL: openesc.url,
    viewport: { width: 1280, height: 768 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  })
  try {
    await walk(await context.newPage(), openesc, aws)
  } finally {
    await browser.close()
    await openesc.stop()
    await aws.stop()
  }
}

/** What else the organization has, for the list. */
const others = [
  'billing/base',
  'billing/invoices-prod',
  'billing/invoices-staging',
  'data/warehouse',
  'platform/ci',
  'platform/observability',
  'shop/dev',
  'shop/staging',
]

async function furnish(openesc: OpenEsc): Promise<void> {
  await store(openesc, { name: 'shop/base', definition: base })
  for (const name of others) {
    const definition = name.startsWith('shop/') ? 'imports:\n  - shop/base\nvalues: {}\n' : 'values: {}\n'
    await store(openesc, { name, definition })
  }
  for (const [name, value] of Object.entries(stages)) {
    await change(openesc, `${name}/tags`, { method: 'POST', body: { name: 'env', value } })
  }
  await change(openesc, 'billing/invoices-prod/settings', {
    method: 'PATCH',
    body: { deletionProtected: true },
  })
}

const stages = {
  'billing/invoices-prod': 'prod',
  'billing/invoices-staging': 'staging',
  'shop/dev': 'dev',
  'shop/staging': 'staging',
}

async function change({ api }: OpenEsc, path: string, { method, body }: { method: string; body: object }) {
  const answer = await api(`/api/esc/environments/acme/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
}

async function walk(page: Page, openesc: OpenEsc, aws: StrictAws): Promise<void> {
  trustShop(openesc, aws)
  await furnish(openesc)
  await signIn(page, openesc.administrator)
  await page.getByRole('button', { name: 'Create environment' }).first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await take(page, 'create')

  await store(openesc, { name: 'shop/prod', definition: 'values: {}\n' })
  await page.goto(editor)
  await expect(definitionEditor(page)).toBeAttached()
  await pasteDefinition(page, prod('shop'))
  await expect(page.getByText('[unknown secret]').first()).toBeVisible()
  await take(page, 'preview')
  await page.getByRole('button', { name: 'Identity' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await take(page, 'identity')
  await page.keyboard.press('Escape')
  await saveAndOpen(page)
  await expect(page.getByText(/^open · [\d:]+ left$/)).toBeVisible()
  await page.getByRole('button', { name: 'Reveal database.password' }).click()
  await take(page, 'open')
  await takeBoth(page, 'editor')
  await page.getByRole('button', { name: 'Why database.host' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await take(page, 'why')
  await page.keyboard.press('Escape')
  await page.goto(`${editor}/versions/compare?from=2&to=3`)
  await page.getByRole('tab', { name: /^Values/ }).click()
  await take(page, 'compare')

  await page.goto('/acme/environments')
  await expect(page.getByRole('link', { name: 'warehouse' })).toBeVisible()
  await takeBoth(page, 'list')

  await page.goto(editor)
  await expect(definitionEditor(page)).toBeAttached()
  await pasteDefinition(page, prod('nobody'))
  await saveAndOpen(page)
  await page.getByRole('button', { name: 'What has to change' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await take(page, 'refused')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Use it' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await take(page, 'use-it')
}

/** The role that trusts this installation's environments, as the identity panel says to make it. */
function trustShop({ url }: OpenEsc, aws: StrictAws): void {
  const issuer = `${url}/oidc`
  const host = issuer.replace('http://', '')
  aws.addProvider({ issuer, clientIds: ['aws:acme'] })
  const Statement = {
    Effect: 'Allow' as const,
    Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringLike: { [`${host}:sub`]: 'pulumi:environments:org:acme:env:shop/*' } },
  }
  aws.addRole({ name: 'shop', trustPolicy: { Version: '2012-10-17', Statement } })
}

/** A picture of the walk-through. */
async function take(page: Page, name: string): Promise<void> {
  await picture(page, `walk-${name}`)
}

/** Pictures in both themes, for pages that show the one of their reader. */
async function takeBoth(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await picture(page, `${name}-${colorScheme}`)
  }
}

async function picture(page: Page, name: string): Promise<void> {
  // Toasts come and go; they are not what the picture is of.
  await page
    .addStyleTag({
      content: '[data-radix-toast-viewport], ol:has(> [data-swipe-direction]) { display: none }',
    })
    .catch(() => undefined)
  await page.mouse.move(0, 0)
  await page.waitForTimeout(400)
  await page.screenshot({ path: `docs/images/${name}.png` })
}

await main()
