import { Failure } from '../failure'
import { type Io, isInteractive } from '../io'
import { consoleUrl } from './backend-url'
import { type Account, accountOf, readCredentials, storeAccount } from './store'
import { refresh, validate } from './token'

export interface LoginOptions {
  readonly insecure: boolean
  /** Also make it the account of the `pulumi` command line, if that has none. */
  readonly shared: boolean
}

/**
 * A valid account for a backend: the stored one, else the token of PULUMI_ACCESS_TOKEN, else one that the person gives
 * at the terminal (cli.md §3). Whatever is new is stored.
 */
export async function obtainAccount(io: Io, url: string, options: LoginOptions): Promise<Account> {
  const stored = readCredentials(io).account(url)
  const given = io.env.PULUMI_ACCESS_TOKEN || undefined
  if (stored && (given === undefined || given === stored.accessToken)) {
    const insecure = stored.insecure || options.insecure
    const valid = await validate(io, url, { ...stored, insecure })
    if (valid) {
      const fresh = valid.lastValidatedAt !== stored.lastValidatedAt || insecure !== stored.insecure
      if (fresh || options.shared) await storeAccount(io, url, valid, options)
      return valid
    }
  }
  if (given !== undefined) {
    io.stderr.write('Logging in using access token from PULUMI_ACCESS_TOKEN\n')
    return adopt(io, url, { token: given, ...options })
  }
  if (!isInteractive(io)) {
    throw new Failure(
      'LOGIN',
      'PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions',
    )
  }
  return adopt(io, url, { token: await askForToken(io, url, options), ...options })
}

export interface NewToken extends LoginOptions {
  readonly token: string
  /** RFC 3339, when the token's issuer said so. */
  readonly expiresAt?: string
}

/** Validates a token with the backend and stores the account. */
export async function adopt(
  io: Io,
  url: string,
  { token, expiresAt, ...options }: NewToken,
): Promise<Account> {
  const account = await refresh(io, url, {
    ...accountOf(token),
    insecure: options.insecure,
    tokenInformation: expiresAt ? { name: '', organization: '', team: '', expiresAt } : undefined,
  })
  if (!account)
    throw new Failure('NOT_LOGGED_IN', '[401] Unauthorized: No credentials provided or are invalid.')
  await storeAccount(io, url, account, options)
  return account
}

async function askForToken(io: Io, url: string, options: LoginOptions): Promise<string> {
  const lines = [
    'Manage your Pulumi ESC environments by logging in.',
    'Run `esc login --help` for alternative login options.',
    `Enter your access token from ${consoleUrl(io, url, 'account', 'tokens')}`,
  ]
  io.stdout.write(`${lines.join('\n')}\n`)
  const width = Math.max(...lines.map((line) => line.length))
  const token = await io.readSecret(`${'    or hit <ENTER> to log in using your browser'.padEnd(width)}: `)
  if (token === undefined) throw new Failure('DECLINED', 'login was interrupted')
  if (token.trim() !== '') return token.trim()
  const { browserLogin } = await import('./browser-login')
  return browserLogin(io, { url, insecure: options.insecure })
}
