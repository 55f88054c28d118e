import { Api } from '../client/api'
import { defaultOrganization } from '../client/user'
import { Failure, within } from '../failure'
import type { Io } from '../io'
import { checkBackendUrl, defaultBackend, environmentBackend } from './backend-url'
import { readDefaultOrganization } from './config'
import { obtainAccount } from './login'
import { readPointer } from './pointer'
import { type Account, readCredentials } from './store'

/** A logged-in person at a backend. */
export interface Session {
  readonly io: Io
  readonly api: Api
  readonly url: string
  readonly username: string
  /** The organization that references without one mean. */
  readonly organization: string
}

/** What every command begins with: find the account, check it, and learn the default organization (cli.md §2.4). */
export async function connect(io: Io): Promise<Session> {
  const { url, account } = await within('could not determine current cloud', () => currentAccount(io))
  const api = new Api(io, { url, token: account.accessToken, insecure: account.insecure })
  const organization =
    readDefaultOrganization(io, url) ??
    ((await within('looking up org to default to', () => defaultOrganization(api))) || account.username)
  return { io, api, url, username: account.username, organization }
}

async function currentAccount(io: Io): Promise<{ url: string; account: Account }> {
  const name = currentBackend(io)
  if (name !== undefined && !readCredentials(io).account(name)) {
    throw new Failure(
      'CREDENTIALS',
      `account '${name}' not found, please re-run \`esc login\` to reset your credentials file`,
    )
  }
  const url = environmentBackend(io) ?? name ?? defaultBackend
  checkBackendUrl(url)
  return { url, account: await obtainAccount(io, url, { insecure: false, shared: false }) }
}

/** The backend of the stored login: our own pointer, else the account of the `pulumi` command line. */
export function currentBackend(io: Io): string | undefined {
  return readPointer(io) ?? (readCredentials(io).current || undefined)
}
