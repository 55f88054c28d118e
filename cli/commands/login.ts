import {
  backendName,
  checkBackendUrl,
  consoleUrl,
  defaultBackend,
  environmentBackend,
} from '../credentials/backend-url'
import { writeDefaultOrganization } from '../credentials/config'
import { obtainAccount } from '../credentials/login'
import { readPointer, writePointer } from '../credentials/pointer'
import { currentBackend } from '../credentials/session'
import { type Account, readCredentials } from '../credentials/store'
import { whoAmI } from '../credentials/token'
import { Failure, within } from '../failure'
import type { Io } from '../io'
import { atMost } from '../parse/arguments'
import { type Call, defineCommand, type Options } from '../parse/command'
import { exchangeOptions } from './shared/exchange-options'

const options = {
  'cloud-url': { kind: 'string', short: 'c', help: 'A cloud URL to log in to' },
  'default-org': { kind: 'string', help: 'A default org to associate with the login.' },
  insecure: { kind: 'boolean', help: 'Allow insecure server connections when using SSL' },
  shared: { kind: 'boolean', help: 'Log in to the account that is shared with the pulumi CLI' },
  ...exchangeOptions,
} as const

type LoginCall = Call<typeof options>

export const command = defineCommand({
  usage: '[<url>]',
  long: `Log in to the Pulumi Cloud or to a server of your own

Without a terminal the token is taken from PULUMI_ACCESS_TOKEN. At a terminal you paste a token, or press ENTER to log
in with your browser. The login is stored in ~/.pulumi and shared with the pulumi command line.`,
  examples: `  esc login https://esc.example.com
  PULUMI_ACCESS_TOKEN=pul-... esc login https://esc.example.com --default-org acme
  esc login https://esc.example.com --oidc-token file:///run/token --oidc-org acme`,
  options,
  args: atMost(1),
  async run(call) {
    const { io } = call
    const target = targetOf(call)
    const account = await within('problem logging in', () => logIn(call, target))
    writePointer(io, target.shared ? undefined : target.url)
    if (call.options['default-org'])
      await writeDefaultOrganization(io, target.url, call.options['default-org'])
    io.stdout.write(await greeting(io, target.url, account))
    return undefined
  },
})

interface Target {
  readonly url: string
  /** Whether the login is that of the `pulumi` command line. */
  readonly shared: boolean
}

function targetOf({ io, options: given, positionals }: LoginCall): Target {
  const argument = positionals[0]
  if (given['cloud-url'] && argument) {
    throw new Failure('USAGE', 'only one of --cloud-url or argument URL may be specified, not both')
  }
  const typed = argument || given['cloud-url']
  if (given.shared && typed) throw new Failure('USAGE', 'a cloud URL may not be specified with --shared')
  if (typed) return { url: typed, shared: false }
  const stored = given.shared ? readCredentials(io).current || undefined : currentBackend(io)
  const shared = given.shared || readPointer(io) === undefined
  return { url: environmentBackend(io) ?? stored ?? defaultBackend, shared }
}

async function logIn({ io, options: given }: LoginCall, { url, shared }: Target): Promise<Account> {
  checkBackendUrl(url)
  if (given['oidc-token']) {
    const { exchangeToken } = await import('../credentials/token-exchange')
    return exchangeToken(io, url, { ...exchangeRequest(given), insecure: given.insecure, shared })
  }
  return obtainAccount(io, url, { insecure: given.insecure, shared })
}

function exchangeRequest(given: Options<typeof options>) {
  return {
    token: given['oidc-token'],
    organization: given['oidc-org'],
    team: given['oidc-team'],
    user: given['oidc-user'],
    expiration: given['oidc-expiration'],
  }
}

async function greeting(io: Io, url: string, account: Account): Promise<string> {
  // the person is asked for once more, since a stored name may be out of date; failing changes only the text
  const who = await whoAmI(io, url, account).catch(() => undefined)
  const user = who?.username
  return user
    ? `Logged in to ${backendName(url)} as ${user} (${consoleUrl(io, url, user)})\n`
    : `Logged in to ${backendName(url)} (${consoleUrl(io, url)})\n`
}
