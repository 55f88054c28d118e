/** From an empty environment to credentials and back, with a cloud that counts how often it is asked. */
import { copied, createEnvironment, openList, pasteDefinition, signIn } from './support/console'
import { expect, test } from './support/fixtures'

const definition = (roleArn: string) => `values:
  aws:
    fn::open::aws-login:
      oidc:
        duration: 1h
        roleArn: ${roleArn}
        sessionName: counted
  region: eu-west-1
`

test('a preview asks no cloud, an open asks once, and after its end once more', async ({
  page,
  openesc,
  aws,
}) => {
  const issuer = `${openesc.url}/oidc`.replace('http://', '')
  const subject = 'pulumi:environments:org:acme:env:shop/counted'
  aws.addRole({
    name: 'counted',
    trustPolicy: {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${aws.account}:oidc-provider/${issuer}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${issuer}:sub`]: subject, [`${issuer}:aud`]: 'aws:acme' } },
      },
    },
  })
  await page.clock.install()
  await signIn(page, openesc.administrator)
  await openList(page)
  await createEnvironment(page, { name: 'counted', project: 'shop' })
  await pasteDefinition(page, definition(aws.roleArn('counted')))
  await expect(page.getByText('[unknown secret]').first()).toBeVisible()
  for (const shape of ['JSON', 'Env', 'Files', 'Dotenv', 'Shell', 'Tree']) {
    await page.getByRole('tab', { name: shape, exact: true }).click()
  }
  await page.getByRole('button', { name: /^Save revision 2/ }).click()
  await expect(page.getByText('Saved revision 2').first()).toBeVisible()
  await page.reload()
  await expect(page.getByText('[unknown secret]').first()).toBeVisible()
  expect(aws.requests).toEqual([])

  const open = page.getByRole('button', { name: /^Open/ })
  const running = page.getByText(/^open · [\d:]+ left$/)
  const reveal = page.getByRole('button', { name: 'Reveal aws.secretAccessKey' })
  await open.click()
  await expect(running).toBeVisible()
  const first = await copied(page, 'Copy aws.secretAccessKey')
  await reveal.click()
  await expect(page.getByText(first)).toBeVisible()
  expect(aws.requests).toHaveLength(1)

  await page.clock.fastForward('02:00:01')
  await expect(page.getByText('The session has expired. Open again for fresh values.')).toBeVisible()
  await expect(page.getByText('[unknown secret]').first()).toBeVisible()
  expect(await page.content()).not.toContain(first)
  expect(aws.requests).toHaveLength(1)

  // The server's clock did not move on with the page's, whose time must come back for the next session to run.
  await page.clock.setSystemTime(new Date())
  await open.click()
  await expect(running).toBeVisible()
  await reveal.click()
  await expect(page.getByText(first)).toHaveCount(0)
  expect(aws.requests).toHaveLength(2)
})
