/** The story of the README, word for word: from an empty server to `aws s3 ls`, and who is refused on the way. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { awsCli, mustRun } from '../tests/peers/aws-cli'
import { startConnectProxy } from '../tests/peers/connect-proxy'
import type { OpenEsc } from '../tests/peers/openesc'
import {
  copied,
  createAccessToken,
  createEnvironment,
  openList,
  pasteDefinition,
  saveAndOpen,
  signIn,
} from './support/console'
import { expect, test } from './support/fixtures'
import { claimsOf, forgedToken } from './support/forged'
import { openTerminal, type Terminal } from './support/terminal'

test.use({ firstSetup: 'browser' })
test.describe.configure({ mode: 'serial' })
test.skip(awsCli.kind === 'absent', awsCli.kind === 'absent' ? awsCli.reason : '')

const account = '123456789012'
const prompt = 'log in using your browser'
const listBuckets = 'aws s3 ls --query "Buckets[].Name"'
const subject = 'pulumi:environments:org:acme:env:default/aws'

const tutorial = (role: string) => `values:
  aws:
    login:
      fn::open::aws-login:
        oidc:
          duration: 1h
          roleArn: arn:aws:iam::${account}:role/${role}
          sessionName: pulumi-environments-session
  environmentVariables:
    AWS_ACCESS_KEY_ID: \${aws.login.accessKeyId}
    AWS_SECRET_ACCESS_KEY: \${aws.login.secretAccessKey}
    AWS_SESSION_TOKEN: \${aws.login.sessionToken}
`

let terminal: Terminal

test.beforeAll(() => {
  terminal = openTerminal()
})

test.afterAll(() => terminal.close())

async function setUp(page: Page, openesc: OpenEsc): Promise<void> {
  const { email, password, organization } = openesc.administrator
  await page.goto('/')
  await page.getByLabel('Set-up code').fill(openesc.setupCode())
  await page.getByLabel('Login').fill('ada')
  await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByLabel('Organization').fill(organization)
  await page.getByRole('button', { name: 'Set up OpenESC' }).click()
  await expect(page.getByRole('heading', { name: 'Environments', exact: true })).toBeVisible()
}

/** Makes the role in AWS from the policy that the page offers, as its reader would. */
async function copiedTrustPolicy(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Identity' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(subject, { exact: true })).toBeVisible()
  await expect(dialog.getByText('aws:acme', { exact: true })).toBeVisible()
  await expect(dialog.getByText('Clouds cannot reach this issuer')).toBeVisible()
  await dialog.getByLabel('AWS account id').fill(account)
  const policy = await copied(page, 'Copy policy')
  await page.keyboard.press('Escape')
  return policy
}

test(`a newcomer lists buckets ${mustRun}`, async ({ page, openesc, aws }) => {
  await test.step('sets up', () => setUp(page, openesc))

  await test.step('creates an environment', async () => {
    await openList(page)
    await createEnvironment(page, { name: 'aws' })
  })

  await test.step('makes the role that trusts it', async () => {
    aws.addRole({ name: 'esc', trustPolicy: await copiedTrustPolicy(page) })
  })

  await test.step('pastes the definition and opens it', async () => {
    await pasteDefinition(page, tutorial('esc'))
    await expect(page.getByText('[unknown secret]').first()).toBeVisible()
    await saveAndOpen(page)
    await expect(page.getByText(/^open · [\d:]+ left$/)).toBeVisible()
    await expect(page.getByText(/^expires in \d\d:\d\d$/)).toBeVisible()
  })

  await test.step('sees credentials masked until revealed', async () => {
    const [issued] = aws.requests.filter(({ action }) => action === 'AssumeRoleWithWebIdentity')
    expect(claimsOf(issued?.parameters.WebIdentityToken)).toMatchObject({ sub: subject, aud: 'aws:acme' })
    const secret = await copied(page, 'Copy aws.login.secretAccessKey')
    expect(secret).toMatch(/^[\w+/]{40}$/)
    expect(await page.content()).not.toContain(secret)
    await page.getByRole('button', { name: 'Reveal aws.login.secretAccessKey' }).click()
    await expect(page.getByText(secret)).toBeVisible()
  })

  await test.step('has no AWS credentials in the terminal', async () => {
    expect((await terminal.run('aws configure list')).stdout.match(/<not set>/g)).toHaveLength(4)
    const before = await terminal.run('aws s3 ls')
    expect(before.code).not.toBe(0)
    expect(before.stderr).toContain('Unable to locate credentials')
  })

  await test.step('signs the command line in with a token', async () => {
    const token = await createAccessToken(page, 'laptop')
    const login = await terminal.runInteractively(`esc login ${openesc.url}`, { prompt, text: `${token}\r` })
    expect(login.code, login.stdout).toBe(0)
    expect(login.stdout).not.toContain(token)
  })

  await test.step('runs aws with credentials', async () => {
    const endpoint = { AWS_ENDPOINT_URL: aws.url }
    for (const command of ['acme/aws -i', 'acme/aws -i --', 'acme/default/aws -i']) {
      const listed = await terminal.run(`esc run ${command} ${listBuckets}`, endpoint)
      expect(listed.code, listed.stderr).toBe(0)
      expect(listed.stdout).toMatch(/alpha\n.*beta/)
    }
  })
})

test(`nothing but the proxy is between aws and its own host names ${mustRun}`, async ({ aws }) => {
  const proxy = await startConnectProxy(aws)
  const bundle = join(terminal.home, 'ca.pem')
  writeFileSync(bundle, proxy.certificate)
  const listed = await terminal.run(`esc run acme/aws -i ${listBuckets}`, {
    HTTPS_PROXY: proxy.url,
    AWS_CA_BUNDLE: bundle,
  })
  await proxy.stop()
  expect(listed.code, listed.stderr).toBe(0)
  expect(listed.stdout).toContain('alpha')
  expect(proxy.tunnels).toEqual([expect.stringMatching(/^s3(\.us-east-1)?\.amazonaws\.com:443$/)])
})

test('exit code and signals of the command pass through, and its secrets are masked', async () => {
  expect((await terminal.run('esc run acme/aws -- sh -c "exit 7"')).code).toBe(7)
  // In the arguments `$$` stands for one dollar sign, since `${…}` is a reference.
  expect((await terminal.run("esc run acme/aws -- sh -c 'kill -TERM $$$$'")).code).toBe(143)
  const masked = await terminal.run('esc run acme/aws -- printenv AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY')
  expect(masked.stdout).toMatch(/^ASIA\w{16}\n\[secret\]\n$/)
})

test('the command line signs in by browser', async ({ page, openesc, watch }) => {
  await signIn(page, openesc.administrator)
  const other = openTerminal()
  const login = other.runInteractively(`esc login ${openesc.url}`, { prompt, text: '\r' })
  await page.goto(await other.shownInBrowser())
  await page.getByRole('button', { name: 'Allow this command line' }).click()
  await expect(page.getByRole('heading', { name: 'The command line is signed in' })).toBeVisible()
  expect((await login).code).toBe(0)
  // The answer goes to the command line that waits on this machine.
  watch.forgive(/^foreign origin: http:\/\/localhost:\d+\/\?code=/)
  expect((await other.run('esc env ls')).stdout).toContain('acme/default/aws')
  other.close()
})

test.describe('is refused, and told what to fix:', () => {
  test.beforeEach(({ page, openesc }) => signIn(page, openesc.administrator))

  /** The refusal shows what was sent and, on request, the policy that would accept it. */
  async function expectExplained(page: Page, name: string, role: string): Promise<void> {
    await createEnvironment(page, { name })
    await pasteDefinition(page, tutorial(role))
    await saveAndOpen(page)
    const refusal = page.getByRole('alert').filter({ hasText: 'The environment could not be opened' })
    await expect(refusal).toContainText('Not authorized to perform sts:AssumeRoleWithWebIdentity')
    await expect(refusal).toContainText(`pulumi:environments:org:acme:env:default/${name}`)
    await expect(refusal).toContainText('aws:acme')
    await refusal.getByRole('button', { name: 'What has to change' }).click()
    await expect(page.getByRole('dialog')).toContainText(
      `oidc:sub": "pulumi:environments:org:acme:env:default/${name}"`,
    )
  }

  test('a role that does not exist', async ({ page }) => {
    await expectExplained(page, 'wrong-role', 'nobody')
  })

  test("another organization's role", async ({ page, openesc, aws }) => {
    const issuer = `${openesc.url}/oidc`.replace('http://', '')
    const Principal = { Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}` }
    const Condition = { StringLike: { [`${issuer}:sub`]: 'pulumi:environments:org:other:env:*' } }
    const Statement = {
      Effect: 'Allow' as const,
      Principal,
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition,
    }
    aws.addRole({ name: 'of-other', trustPolicy: { Version: '2012-10-17', Statement } })
    await expectExplained(page, 'other-organization', 'of-other')
  })

  test(`credentials that have expired, until the next run ${mustRun}`, async ({ aws }) => {
    const expire = join(terminal.home, 'expire')
    const endpoint = { AWS_ENDPOINT_URL: aws.url }
    const running = terminal.run(
      `esc run acme/aws -i -- sh -c 'touch ready; while [ ! -e "${expire}" ]; do sleep 0.1; done; aws s3 ls'`,
      endpoint,
    )
    await expect.poll(() => terminal.run('test -e ready').then(({ code }) => code)).toBe(0)
    aws.expireSessions()
    writeFileSync(expire, '')
    const { code, stderr } = await running
    expect(code).not.toBe(0)
    expect(stderr).toContain('ExpiredToken')
    expect((await terminal.run(`esc run acme/aws -i ${listBuckets}`, endpoint)).stdout).toContain('alpha')
  })

  test(`a forged token ${mustRun}`, async ({ openesc, aws }) => {
    const token = await forgedToken(`${openesc.url}/oidc`, { sub: subject, aud: 'aws:acme' })
    const exchange = 'aws sts assume-role-with-web-identity --role-session-name forged'
    const { code, stderr } = await terminal.run(
      `${exchange} --role-arn ${aws.roleArn('esc')} --web-identity-token ${token}`,
      { AWS_ENDPOINT_URL: aws.url, AWS_DEFAULT_REGION: 'us-east-1' },
    )
    expect(code).not.toBe(0)
    expect(stderr).toContain('InvalidIdentityToken')
    expect(stderr).toContain('signature')
  })
})
