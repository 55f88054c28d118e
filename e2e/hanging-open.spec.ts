/** A cloud that never answers holds up its own open and nothing else. */
import { createServer, type Socket } from 'node:net'
import { freePort } from '../tests/peers/free-port'
import { startStrictAws } from '../tests/peers/strict-aws'
import { createEnvironment, openList, pasteDefinition, saveAndOpen, signIn } from './support/console'
import { test as base, expect } from './support/fixtures'

const test = base.extend<object, { silence: string }>({
  /** Address of a server that accepts and stays silent. */
  silence: [
    async ({ browserName: _ }, use) => {
      const sockets: Socket[] = []
      const port = await freePort()
      const server = createServer((socket) => sockets.push(socket))
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
      await use(`http://127.0.0.1:${port}`)
      for (const socket of sockets) socket.destroy()
      server.close()
    },
    { scope: 'worker' },
  ],
  aws: [
    async ({ silence }, use) => {
      const aws = await startStrictAws()
      await use({ ...aws, url: silence })
      await aws.stop()
    },
    { scope: 'worker' },
  ],
})

const login = `values:
  aws:
    fn::open::aws-login:
      oidc:
        roleArn: arn:aws:iam::123456789012:role/silent
        sessionName: hanging
`

test('the preview answers while an open hangs', async ({ page, openesc }) => {
  await signIn(page, openesc.administrator)
  await openList(page)
  await createEnvironment(page, { name: 'hanging' })
  await pasteDefinition(page, login)
  await expect(page.getByText('[unknown secret]').first()).toBeVisible()
  await saveAndOpen(page)
  const cancel = page.getByRole('button', { name: 'Cancel' })
  await expect(cancel).toBeVisible()
  await pasteDefinition(page, `${login}  greeting: still here\n`)
  await expect(page.getByRole('tabpanel').getByText('still here')).toBeVisible()
  await expect(cancel).toBeVisible()
})
