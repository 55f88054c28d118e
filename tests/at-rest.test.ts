import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccessToken } from '@/lib/access/tokens'
import { closeDatabase, database, openDatabase } from '@/lib/db'
import { lockKeyring, unlock } from '@/lib/secrets'
import { type Finding, sweepBytes, sweepFolder } from './canary/sweep'
import { createDataFolder, type OpenEsc, startOpenEsc } from './peers/openesc'
import { addGrant, addMember, addPerson } from './support/installation'

const secret = `canary-"ü-${randomBytes(16).toString('hex')}`
const plain = `harmless-"ü-${randomBytes(16).toString('hex')}`
const environment = '/api/esc/environments/acme/shop/prod'

// Long and repetitive, so that PostgreSQL compresses the row: the sweep must see through that.
const filler = Array.from({ length: 400 }, (_, n) => `  filler${n}: the same text again and again`).join('\n')
const definition = `values:
  hidden:
    fn::secret: ${JSON.stringify(secret)}
  visible: ${JSON.stringify(plain)}
  copied: \${hidden}
${filler}
`

const dataFolder = createDataFolder()
let server: OpenEsc
let log = ''
/** Access tokens by what their owner may do; `anonymous` has none. */
let tokens: Record<'anonymous' | 'stranger' | 'member' | 'reader', string | null>
let session = ''

beforeAll(async () => {
  const first = await startOpenEsc({ dataFolder })
  await plant(first)
  await first.stop()
  log += first.output.text
  tokens = await addOutsiders()
  server = await startOpenEsc({ dataFolder })
  session = await open(server)
}, 180_000)

afterAll(() => server?.stop())

async function plant(to: OpenEsc): Promise<void> {
  const body = JSON.stringify({ project: 'shop', name: 'prod' })
  expect((await to.api('/api/esc/environments/acme', { method: 'POST', body })).status).toBe(204)
  expect((await to.api(environment, { method: 'PATCH', body: definition })).status).toBe(200)
  // What fails must not spill it either: into an answer, a log, or an audit row.
  await to.api(environment, { method: 'PATCH', body: `${definition}  broken: \${missing}\n` })
  await to.api('/api/esc/environments/acme/yaml/check', { method: 'POST', body: `${definition}  - not yaml` })
  await open(to)
}

async function open(on: OpenEsc): Promise<string> {
  const response = await on.api(`${environment}/open?duration=1h`, { method: 'POST' })
  const { id }: { id: string } = await response.json()
  return id
}

/** People who exist, but may not see the secret: made while no server holds the folder. */
async function addOutsiders(): Promise<typeof tokens> {
  await openDatabase({ dataDirectory: dataFolder })
  await unlock({ dataDirectory: dataFolder })
  const acme = await database().organization.update({
    where: { nameKey: 'acme' },
    data: { defaultPermission: 'none' },
  })
  const row = await database().environment.findFirstOrThrow({
    where: { organizationId: acme.id, nameKey: 'prod' },
  })
  const people = {
    stranger: await addPerson('stranger'),
    member: await addPerson('member'),
    reader: await addPerson('reader'),
  }
  await addMember(acme, people.member, 'member')
  await addMember(acme, people.reader, 'member')
  await addGrant(row, people.reader, 'read')
  const token = async ({ actor }: typeof people.reader) =>
    (await createAccessToken(actor, { description: 'test' })).tokenValue
  const made = {
    anonymous: null,
    stranger: await token(people.stranger),
    member: await token(people.member),
    reader: await token(people.reader),
  }
  await closeDatabase()
  lockKeyring()
  return made
}

/** Everything that could be asked for the environment, as `METHOD path`. */
const questions = () => [
  ...['', '/decrypt', '/metadata', '/versions', '/versions/2', '/versions/2/decrypt', '/versions/tags'].map(
    (suffix) => `GET ${environment}${suffix}`,
  ),
  ...[`/open/${session}`, `/open//${session}?property=hidden`].map((suffix) => `GET ${environment}${suffix}`),
  ...['/open', '/check?showSecrets=true', '/versions/2/open'].map((suffix) => `POST ${environment}${suffix}`),
  'GET /api/esc/environments/acme',
  'GET /api/user',
  ...[
    '/',
    '/acme',
    '/acme/environments',
    '/acme/environments/shop/prod',
    '/signin',
    '/healthz',
    '/readyz',
  ].map((path) => `GET ${path}`),
  ...['openid-configuration', 'jwks'].map((name) => `GET /oidc/.well-known/${name}`),
]

async function answers(token: string | null): Promise<{ where: string; bytes: Buffer; status: number }[]> {
  return await Promise.all(
    questions().map(async (question) => {
      const [method = 'GET', path = '/'] = question.split(' ')
      const response = await server.api(path, { method, token, redirect: 'manual' })
      const head = Buffer.from(JSON.stringify([...response.headers]))
      const bytes = Buffer.concat([head, Buffer.from(await response.arrayBuffer())])
      return { where: question, bytes, status: response.status }
    }),
  )
}

async function sweepAnswers(token: string | null, canary: string): Promise<Finding[]> {
  return (await answers(token)).flatMap(({ where, bytes }) => sweepBytes(where, bytes, canary))
}

describe('a planted secret', () => {
  it('is found in the answers to the person who may open it', async () => {
    const found = await sweepAnswers(server.administrator.token, secret)
    expect(found.map(({ where }) => where)).toContain(`GET ${environment}/decrypt`)
  })

  it.each(['anonymous', 'stranger', 'member', 'reader'] as const)(
    'is in no answer to the %s',
    async (person) => {
      expect(await sweepAnswers(tokens[person], secret)).toEqual([])
    },
  )

  it('is in no file of the data folder, while the server runs and after it has stopped', {
    timeout: 120_000,
  }, async () => {
    expect(sweepFolder(dataFolder, secret)).toEqual([])
    await server.stop()
    log += server.output.text
    expect(sweepFolder(dataFolder, secret)).toEqual([])
    server = await startOpenEsc({ dataFolder })
  })

  it('is in no log', () => {
    expect(log).not.toBe('')
    expect(sweepBytes('log', Buffer.from(log), secret)).toEqual([])
  })
})

describe('a planted value that is not secret', () => {
  it('is found in the data folder by the same sweep', () => {
    expect(sweepFolder(dataFolder, plain)).not.toEqual([])
  })

  it('is found in the answers to the reader by the same sweep', async () => {
    expect((await sweepAnswers(tokens.reader, plain)).map(({ where }) => where)).toContain(
      `GET ${environment}`,
    )
  })

  it.each(['anonymous', 'stranger', 'member'] as const)(
    'is in no answer to the %s either',
    async (person) => {
      expect(await sweepAnswers(tokens[person], plain)).toEqual([])
    },
  )
})
