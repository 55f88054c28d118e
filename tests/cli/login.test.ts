/** Logging in and out, and the files that hold a login (security-cases C06). */
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type Machine, type MachineOptions, machine } from './harness'
import { service, variablesFor } from './service'

const backend = service()
const machines: Machine[] = []
const servers: Server[] = []

function newMachine(options: MachineOptions = {}): Machine {
  const created = machine(options)
  machines.push(created)
  return created
}

afterEach(() => {
  for (const created of machines.splice(0)) created.remove()
  for (const server of servers.splice(0)) server.close()
})

const credentialsOf = ({ directory }: Machine) => join(directory, '.pulumi', 'credentials.json')
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'))

describe('login with a token', () => {
  it('takes the token of the environment, stores it and greets', async () => {
    const local = newMachine({ env: { PULUMI_ACCESS_TOKEN: backend.token } })
    expect(await local.run(['login', backend.url])).toEqual({
      outcome: { exitCode: 0 },
      stdout: `Logged in to ${backend.url} as alice (${backend.url}/alice)\n`,
      stderr: 'Logging in using access token from PULUMI_ACCESS_TOKEN\n',
    })
    expect(readJson(credentialsOf(local)).accounts[backend.url]).toMatchObject({
      accessToken: backend.token,
      username: 'alice',
      organizations: expect.arrayContaining(['acme']),
    })
    expect(readJson(join(local.directory, '.pulumi', '.esc', 'credentials.json'))).toEqual({
      name: backend.url,
    })
  })

  it('needs no token once it is stored', async () => {
    const local = newMachine({ env: { PULUMI_ACCESS_TOKEN: backend.token } })
    await local.run(['login', backend.url])
    delete local.env.PULUMI_ACCESS_TOKEN
    expect(await local.run(['env', 'ls'])).toMatchObject({ outcome: { exitCode: 0 }, stderr: '' })
  })

  it('asks the person, and shows nothing of what they type', async () => {
    const local = newMachine({ person: { readSecret: async () => ` ${backend.token} ` } })
    const { stdout, outcome } = await local.run(['login', backend.url])
    expect(outcome).toEqual({ exitCode: 0 })
    expect(stdout).toBe(`Manage your Pulumi ESC environments by logging in.
Run \`esc login --help\` for alternative login options.
Enter your access token from ${backend.url}/account/tokens
Logged in to ${backend.url} as alice (${backend.url}/alice)
`)
  })

  it.each([
    [['login', 'x', '-c', 'y'], 'only one of --cloud-url or argument URL may be specified, not both'],
    [['login', '--shared', 'x'], 'a cloud URL may not be specified with --shared'],
    [['login', 's3://bucket'], 'problem logging in: s3://bucket does not support Pulumi ESC'],
    [
      ['login', 'nonsense'],
      'problem logging in: nonsense is not a valid backend URL: it must begin with http:// or https://',
    ],
    [
      ['login', 'https://app.pulumi.com/acme'],
      'problem logging in: https://app.pulumi.com/acme is not a valid self-hosted backend, use `esc login` without arguments to log into the Pulumi Cloud backend',
    ],
    [
      ['login', 'http://127.0.0.1:9'],
      'problem logging in: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions',
    ],
    [
      ['login', 'http://127.0.0.1:9', '--oidc-token', 'x'],
      'problem logging in: organization must be specified for token exchange',
    ],
    [['logout', '--all', 'x'], 'only one of --all, --cloud-url or argument URL may be specified, not both'],
    [['login', 'a', 'b'], 'accepts at most 1 arg(s), received 2'],
  ])('refuses %j', async (words, message) => {
    expect(await newMachine().run(words)).toEqual({
      outcome: { exitCode: 1 },
      stdout: '',
      stderr: `Error: ${message}\n`,
    })
  })

  it('refuses a token that the backend does not know, and stores nothing', async () => {
    const local = newMachine({ env: { PULUMI_ACCESS_TOKEN: 'pul-wrong' } })
    const { stderr, outcome } = await local.run(['login', backend.url])
    expect(outcome).toEqual({ exitCode: 1 })
    expect(stderr).toContain(
      'problem logging in: [401] Unauthorized: No credentials provided or are invalid.',
    )
    expect(() => statSync(credentialsOf(local))).toThrow('ENOENT')
  })
})

describe('login with a browser', () => {
  /** A browser whose person agrees: it calls the console's page, which calls the waiting process. */
  const browser = (tamper: (callback: URL) => void = () => {}) => {
    const visited: URL[] = []
    const openBrowser = async (address: string) => {
      const page = new URL(address)
      visited.push(page)
      const query = page.searchParams
      const code = await backend.agree(query.get('codeChallenge') ?? '')
      const callback = new URL(`http://127.0.0.1:${query.get('cliSessionPort')}/`)
      callback.searchParams.set('code', code)
      callback.searchParams.set('nonce', query.get('cliSessionNonce') ?? '')
      const foreign = new URL(callback)
      tamper(foreign)
      if (foreign.href !== callback.href) {
        const answer = await fetch(foreign, { redirect: 'manual' })
        expect(answer.status).toBe(400)
      }
      void fetch(callback, { redirect: 'manual' }).then((answer) => {
        expect(answer.status).toBe(307)
        expect(answer.headers.get('location')).toBe(`${backend.url}/welcome/cli`)
      })
      return true
    }
    return { visited, person: { readSecret: async () => '', openBrowser } }
  }

  it('trades a code for a token that appears in no address', async () => {
    const { visited, person } = browser()
    const local = newMachine({ person })
    const { stdout, outcome } = await local.run(['login', backend.url])
    expect(outcome).toEqual({ exitCode: 0 })
    expect(stdout).toContain(`We've launched your web browser to complete the login process.

Waiting for login to complete...
Logged in to ${backend.url} as alice`)
    const [page] = visited
    expect(page?.origin).toBe(new URL(backend.url).origin)
    expect(page?.pathname).toBe('/cli-login')
    expect(page?.searchParams.get('cliCommand')).toBe('esc')
    expect(page?.searchParams.get('cliSessionNonce')).toMatch(/^[0-9a-f]{64}$/)
    expect(page?.searchParams.get('codeChallenge')).toMatch(/^[\w-]{43}$/)
    expect(page?.searchParams.get('cliSessionDescription')).toMatch(
      /^Generated by esc login on testing-machine at /,
    )
    const { accessToken } = readJson(credentialsOf(local)).accounts[backend.url]
    expect(page?.href).not.toContain(accessToken)
  })

  it.each([
    ['another nonce', (url: URL) => url.searchParams.set('nonce', 'f'.repeat(64))],
    ['no nonce', (url: URL) => url.searchParams.delete('nonce')],
    ['no code', (url: URL) => url.searchParams.set('code', '')],
  ])('ignores a callback with %s and goes on waiting', async (_, tamper) => {
    const { person } = browser(tamper)
    expect(await newMachine({ person }).run(['login', backend.url])).toMatchObject({
      outcome: { exitCode: 0 },
    })
  })

  it('shows the address when no browser can be started', async () => {
    let seen = ''
    const { person } = browser()
    const local = newMachine({
      person: {
        ...person,
        openBrowser: async (address) => {
          seen = address
          await person.openBrowser(address)
          return false
        },
      },
    })
    const { stdout } = await local.run(['login', backend.url])
    expect(stdout).toContain(`Please visit:\n\n${seen}\n\nto finish the login process.\n`)
  })

  it('proves itself by a verifier that only this process knows', async () => {
    const wrong = createHash('sha256').update('somebody else').digest('base64url')
    const { person } = browser()
    const local = newMachine({
      person: {
        ...person,
        openBrowser: async (address) => {
          const page = new URL(address)
          page.searchParams.set('codeChallenge', wrong)
          return person.openBrowser(page.href)
        },
      },
    })
    expect(await local.run(['login', backend.url])).toMatchObject({
      outcome: { exitCode: 1 },
      stderr: expect.stringContaining('Error: problem logging in: '),
    })
  })
})

describe('logout', () => {
  it('forgets the account, the pointer and the default organization', async () => {
    const local = newMachine({ env: { PULUMI_ACCESS_TOKEN: backend.token } })
    await local.run(['login', backend.url, '--default-org', 'acme'])
    const config = join(local.directory, '.pulumi', 'config.json')
    expect(readJson(config)).toEqual({ backends: { [backend.url]: { defaultOrg: 'acme' } } })
    expect(await local.run(['logout', backend.url])).toMatchObject({
      stdout: `Logged out of ${backend.url}\n`,
    })
    expect(readJson(config)).toEqual({ backends: {} })
    expect(readFileSync(credentialsOf(local), 'utf8')).not.toContain(backend.token)
    expect(await local.run(['logout', backend.url])).toMatchObject({
      outcome: { exitCode: 0 },
      stdout: 'Already logged out.\n',
    })
  })

  it('forgets everything with --all', async () => {
    const local = newMachine({ env: { PULUMI_ACCESS_TOKEN: backend.token } })
    await local.run(['login', backend.url])
    expect(await local.run(['logout', '--all'])).toMatchObject({ stdout: 'Logged out of all clouds\n' })
    expect(() => statSync(credentialsOf(local))).toThrow('ENOENT')
  })
})

describe('C06: the credentials file', () => {
  const loggedIn = async () => {
    const local = newMachine({ env: { PULUMI_ACCESS_TOKEN: backend.token } })
    expect(await local.run(['login', backend.url])).toMatchObject({ outcome: { exitCode: 0 } })
    return local
  }

  it('can be read by its owner alone', async () => {
    const path = credentialsOf(await loggedIn())
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700)
  })

  it('keeps what other programs put there, and has their form', async () => {
    const local = await loggedIn()
    const path = credentialsOf(local)
    const before = readJson(path)
    before.accounts[backend.url].refreshToken = 'keep me'
    before.future = { keep: ['me', 1.5] }
    before.current = 'https://elsewhere.example.com'
    writeFileSync(path, JSON.stringify(before))
    await local.run(['login', backend.url, '--insecure'])
    const after = readFileSync(path, 'utf8')
    expect(JSON.parse(after)).toMatchObject({
      current: 'https://elsewhere.example.com',
      future: { keep: ['me', 1.5] },
      accounts: { [backend.url]: { refreshToken: 'keep me', insecure: true } },
    })
    expect(after).toMatch(/^\{\n {4}"current": .*\}$/s)
  })

  it('is replaced as a whole, and no login is lost when many happen at once', async () => {
    const local = newMachine({ env: { PULUMI_ACCESS_TOKEN: backend.token } })
    const { port } = new URL(backend.url)
    const urls = ['127.0.0.1', 'localhost'].flatMap((name) => [
      `http://${name}:${port}`,
      `http://${name}:${port}/`,
    ])
    await Promise.all(urls.map((url) => local.run(['login', url])))
    expect(Object.keys(readJson(credentialsOf(local)).accounts).sort()).toEqual([...urls].sort())
  })

  it('is refused when other people can write it', async () => {
    const local = await loggedIn()
    chmodSync(join(local.directory, '.pulumi'), 0o777)
    const { outcome, stderr } = await local.run(['env', 'ls'])
    expect(outcome).toEqual({ exitCode: 1 })
    expect(stderr).toContain('can be written by other users')
  })

  it.skipIf(process.getuid?.() !== 0)(
    'is refused when it belongs to another person (needs root to make one)',
    async () => {
      const local = await loggedIn()
      chownSync(join(local.directory, '.pulumi'), 12345, 12345)
      const { outcome, stderr } = await local.run(['env', 'ls'])
      expect(outcome).toEqual({ exitCode: 1 })
      expect(stderr).toContain('belongs to another user')
    },
  )

  it('says what to do when it is damaged, without showing it', async () => {
    const local = await loggedIn()
    writeFileSync(credentialsOf(local), `{"accessTokens": {"x": "${backend.token}"`)
    const { stderr } = await local.run(['env', 'ls'])
    expect(stderr).toContain('is not valid JSON; move it away and run `esc login` again')
    expect(stderr).not.toContain(backend.token)
  })
})

describe('C06: the token', () => {
  async function serve(
    answer: (url: string) => { status: number; headers?: Record<string, string>; body?: string },
  ) {
    const seen: { url: string; authorization: string | undefined }[] = []
    const server = createServer((request, response) => {
      const url = request.url ?? ''
      seen.push({ url, authorization: request.headers.authorization })
      const { status, headers, body } = answer(url)
      response.writeHead(status, headers).end(body)
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    return { seen, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` }
  }

  it('is not sent to where a backend redirects', async () => {
    const other = await serve(() => ({ status: 200, body: '{}' }))
    const first = await serve(() => ({ status: 302, headers: { location: `${other.url}/steal` } }))
    const local = newMachine({ env: { PULUMI_ACCESS_TOKEN: backend.token, PULUMI_BACKEND_URL: first.url } })
    const { outcome, stderr } = await local.run(['env', 'ls'])
    expect(outcome).toEqual({ exitCode: 1 })
    expect(stderr).toContain(`${first.url} redirects to ${other.url}; log in with that URL if you trust it`)
    expect(first.seen[0]?.authorization).toBe(`token ${backend.token}`)
    expect(other.seen).toEqual([])
  })

  it('of one backend is not sent to another', async () => {
    const other = await serve(() => ({ status: 401, body: '{"code":401,"message":"no"}' }))
    const local = newMachine({ env: { PULUMI_ACCESS_TOKEN: backend.token } })
    await local.run(['login', backend.url])
    delete local.env.PULUMI_ACCESS_TOKEN
    local.env.PULUMI_BACKEND_URL = other.url
    const { stderr } = await local.run(['env', 'ls'])
    expect(stderr).toContain('PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions')
    expect(other.seen).toEqual([])
  })

  it('appears in no message', async () => {
    const broken = await serve(() => ({ status: 400, body: 'not JSON' }))
    const local = newMachine({ env: { PULUMI_ACCESS_TOKEN: backend.token, PULUMI_BACKEND_URL: broken.url } })
    const { stdout, stderr } = await local.run(['env', 'ls'])
    expect(stderr).toContain('[400] not JSON')
    expect(stdout + stderr).not.toContain(backend.token)
  })
})

describe('finding the backend', () => {
  it('asks to log in again when the pointer names an unknown account', async () => {
    const local = newMachine()
    mkdirSync(join(local.directory, '.pulumi', '.esc'), { recursive: true, mode: 0o700 })
    writeFileSync(
      join(local.directory, '.pulumi', '.esc', 'credentials.json'),
      '{"name": "https://gone.example.com"}',
    )
    expect((await local.run(['env', 'ls'])).stderr).toBe(
      "Error: could not determine current cloud: account 'https://gone.example.com' not found, please re-run `esc login` to reset your credentials file\n",
    )
  })

  it('validates a stored token again after an hour', async () => {
    let now = new Date()
    const local = newMachine({ env: variablesFor(backend), now: () => now })
    await local.run(['login', backend.url])
    const validatedAt = () => readJson(credentialsOf(local)).accounts[backend.url].lastValidatedAt
    const first = validatedAt()
    now = new Date(now.getTime() + 59 * 60 * 1000)
    await local.run(['env', 'ls'])
    expect(validatedAt()).toBe(first)
    now = new Date(now.getTime() + 2 * 60 * 1000)
    await local.run(['env', 'ls'])
    expect(validatedAt()).not.toBe(first)
  })
})
