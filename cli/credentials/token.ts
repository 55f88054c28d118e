import { Api, isStatus } from '../client/api'
import { asList, asObject, isObject, text } from '../client/decode'
import { Failure } from '../failure'
import type { Io } from '../io'
import { parseRfc3339 } from '../output/time'
import type { Account, TokenInformation } from './store'

/** How long the word of the backend about a token is trusted (cli.md §3.1). */
const validityMs = 60 * 60 * 1000

export interface Who {
  readonly username: string
  readonly organizations: readonly string[]
  readonly tokenInformation: TokenInformation | undefined
}

/** Asks the backend whose token this is; undefined when the backend does not accept it. */
export async function whoAmI(
  io: Io,
  url: string,
  login: Pick<Account, 'accessToken' | 'insecure'>,
): Promise<Who | undefined> {
  const api = new Api(io, { url, token: login.accessToken, insecure: login.insecure })
  try {
    return decodeWho(
      asObject(await api.json({ path: ['user'], headers: { Accept: 'application/vnd.pulumi+9' } }), 'user'),
    )
  } catch (error) {
    if (isStatus(error, 401)) return undefined
    throw error
  }
}

/**
 * Whether an account may be used as it is. Asks the backend when the last answer is older than an hour, and returns
 * the account with fresh data then; undefined when the token is expired or refused.
 */
export async function validate(io: Io, url: string, account: Account): Promise<Account | undefined> {
  const now = io.now().getTime()
  const expiry = parseRfc3339(account.tokenInformation?.expiresAt ?? '')
  if (expiry !== undefined && expiry > 0 && expiry < now) return undefined
  const validated = parseRfc3339(account.lastValidatedAt) ?? 0
  if (account.username !== '' && now - validated < validityMs) return account
  return refresh(io, url, account)
}

/** The account with what the backend says about it now; undefined when the token is refused. */
export async function refresh(io: Io, url: string, account: Account): Promise<Account | undefined> {
  const who = await whoAmI(io, url, account)
  if (!who) return undefined
  const { expiresAt = '' } = account.tokenInformation ?? {}
  return {
    ...account,
    username: who.username,
    organizations: who.organizations,
    tokenInformation: who.tokenInformation
      ? { ...who.tokenInformation, expiresAt }
      : account.tokenInformation,
    lastValidatedAt: io.now().toISOString(),
  }
}

function decodeWho(user: ReturnType<typeof asObject>): Who {
  const username = text(user, 'githubLogin')
  const organizations = asList(user.get('organizations'), 'organizations').map((organization) =>
    text(asObject(organization, 'organization'), 'githubLogin'),
  )
  if (username === '' || organizations.includes(''))
    throw new Failure('API', 'unexpected response from server')
  const information = user.get('tokenInfo')
  return {
    username,
    organizations,
    tokenInformation: isObject(information)
      ? {
          name: text(information, 'name'),
          organization: text(information, 'organization'),
          team: text(information, 'team'),
          expiresAt: '',
        }
      : undefined,
  }
}
