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
  /** The organization that references without one mean; asked for when it is first needed. */
  organization(): Promise<string>
}

/** What every command begins with: find the account and check it (cli.md §2.4). */
export async function connect(io: Io): Promise<Session> {
  const { url, account } = await within('could not determine current cloud', () => currentAccount(io))
  const api = new Api(io, { url, token: account.accessToken, insecure: account.insecure })
  let organization: Promise<string> | undefined
  return {
    io,
    api,
    url,
    username: account.username,
    organization: () => {
      // a full reference does not need it, and a command that does not ask is a round trip faster
      organization ??= findOrganization(api, account)
      return organization
    },
  }
}

/** Set here, else what the backend proposes, else the person's own. */
async function findOrganization(api: Api, account: Account): Promise<string> {
  const configured = readDefaultOrganization(api.io, api.backend.url)
  if (configured !== undefined) return configured
  const proposed = await within('looking up org to default to', () => defaultOrganization(api))
  return proposed || account.username
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
