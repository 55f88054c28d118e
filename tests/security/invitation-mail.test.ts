/** Invitations by mail, to a listener that speaks SMTP (`smtp-server`). */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { database } from '@/lib/db'
import { invite, previewInvitation } from '@/lib/organizations/invitations'
import { registerByInvitation } from '@/lib/organizations/registration'
import { projectRoot } from '@/lib/project-root'
import { collectOutput } from '../peers/child'
import { createTestCa } from '../peers/test-ca'
import { type TemporaryDatabase, temporaryDatabase } from '../support/database'
import { addOrganization, addPerson, type TestPerson } from '../support/installation'

const mails: { to: string[]; text: string }[] = []
let refuses = false

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      mails.push({
        to: session.envelope.rcptTo.map(({ address }) => address),
        text: Buffer.concat(chunks).toString(),
      })
      done(refuses ? new Error('no') : undefined)
    })
  },
})

let temporary: TemporaryDatabase
let admin: TestPerson

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has an AddressInfo.
  const { port } = server.server.address() as AddressInfo
  // Before anything asks for the configuration, which is parsed once.
  process.env.OPENESC_SMTP_URL = `smtp://127.0.0.1:${port}?from=esc@example.com`
  temporary = await temporaryDatabase()
  admin = await addPerson('admin')
  await addOrganization('acme', { admin })
})

/** Sends a mail from a process of its own, whose configuration and authorities are other ones. */
function sendElsewhere(smtpUrl: string, authority?: string): Promise<string> {
  const program = `const { sendMail } = await import('./lib/mail.ts')
    console.log(await sendMail({ to: 'a@example.com', subject: 's', text: 'canary-link' }))`
  const env = {
    ...process.env,
    OPENESC_SMTP_URL: smtpUrl,
    ...(authority && { NODE_EXTRA_CA_CERTS: authority }),
  }
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: projectRoot(),
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const output = collectOutput(child)
  return new Promise((resolve) => child.once('close', () => resolve(output.text.trim())))
}

afterAll(async () => {
  await temporary?.close()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

const to = (email: string) => invite(admin.actor, { organization: 'acme', email, role: 'member' })

it('go to their address, with a link that works', async () => {
  const { link, mail } = await to('grace@example.com')
  expect(mail).toBe('sent')
  const [{ to: recipients, text } = { to: [], text: '' }] = mails.splice(0)
  expect(recipients).toEqual(['grace@example.com'])
  expect(text).toContain('From: OpenESC <esc@example.com>')
  const body = text.replaceAll('=\r\n', '').replaceAll('=3D', '=')
  expect(body).toContain(link)
  const person = {
    login: 'grace',
    name: 'Grace',
    email: 'grace@example.com',
    password: 'nanoseconds are long',
  }
  const from = { address: '192.0.2.1', requestId: 'test' }
  const secret = link.split('/').at(-1) ?? ''
  expect(await registerByInvitation({ ...person, secret, ...from })).toMatchObject({ organization: 'acme' })
})

it('are links to copy when the server takes no mail, and when they are bound to no address', async () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  refuses = true
  const failed = await to('hopper@example.com')
  refuses = false
  const log = written.mock.calls.join('')
  written.mockRestore()
  expect(failed).toMatchObject({ mail: 'failed', link: expect.stringContaining('/invite/') })
  mails.splice(0)
  // It is told, and neither where the link leads nor whose it is nor how the mail server is entered.
  expect(log).toMatch(/^mail: not sent \(\w+\)\n$/)
  // Nothing is lost: the link that was shown is good.
  const secret = failed.link.split('/').at(-1) ?? ''
  expect(await previewInvitation(secret)).toMatchObject({ email: 'hopper@example.com' })
  const unbound = await invite(admin.actor, { organization: 'acme', role: 'member' })
  expect([unbound.mail, mails.length]).toEqual(['off', 0])
})

it('T22: say their link to nobody but the one who is invited', async () => {
  const output = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  const { link } = await to('lovelace@example.com')
  const log = output.flatMap(({ mock }) => mock.calls).join('')
  for (const spy of output) spy.mockRestore()
  const secret = link.split('/').at(-1) ?? ''
  expect(mails.splice(0).map(({ to }) => to)).toEqual([['lovelace@example.com']])
  const rows = JSON.stringify([
    await database().auditEvent.findMany(),
    await database().outboxEvent.findMany(),
    await database().invitation.findMany(),
  ])
  for (const kept of [log, rows]) expect(kept).not.toContain(secret)
  expect(rows).toContain('lovelace@example.com')
})

it('hold nothing that the inviter’s name could add', async () => {
  const actor = {
    ...admin.actor,
    principal: {
      kind: 'person' as const,
      id: admin.id,
      login: 'admin',
      name: 'Eve\r\nBcc: all@example.com\r\n\r\nhttps://evil.example',
    },
  }
  await invite(actor, { organization: 'acme', email: 'ada@example.com', role: 'member' })
  const [{ to: recipients, text } = { to: [], text: '' }] = mails.splice(0)
  expect(recipients).toEqual(['ada@example.com'])
  expect(text).not.toMatch(/^Bcc:/im)
  expect(text).not.toMatch(/^https:\/\/evil/m)
})

it('are kept back from a server without STARTTLS where that is required', async () => {
  const { port } = server.server.address() as AddressInfo
  expect(await sendElsewhere(`smtp://127.0.0.1:${port}?starttls=required`)).toBe('failed')
  expect(mails).toEqual([])
  expect(await sendElsewhere(`smtp://127.0.0.1:${port}`)).toBe('sent')
  expect(mails.splice(0)).toHaveLength(1)
})

it('go to a server with STARTTLS where that is required, if its certificate is good', async () => {
  const ca = await createTestCa()
  const folder = await mkdtemp(join(tmpdir(), 'openesc-smtp-'))
  const authority = join(folder, 'ca.pem')
  await writeFile(authority, ca.certificate)
  const encrypted: boolean[] = []
  const secure = new SMTPServer({
    authOptional: true,
    ...(await ca.issue(['localhost'])),
    onData(stream, session, done) {
      stream.resume().on('end', () => {
        encrypted.push(session.secure)
        done()
      })
    },
  })
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve))
  const { port } = secure.server.address() as AddressInfo
  const url = `smtp://localhost:${port}?starttls=required`
  secure.on('error', () => undefined)
  expect(await sendElsewhere(url)).toBe('failed')
  expect(encrypted).toEqual([])
  expect(await sendElsewhere(url, authority)).toBe('sent')
  expect(encrypted).toEqual([true])
  await new Promise<void>((resolve) => secure.close(() => resolve()))
  await rm(folder, { recursive: true })
})
