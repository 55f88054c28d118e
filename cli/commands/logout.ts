import { removeBackendConfig } from '../credentials/config'
import { readPointer, writePointer } from '../credentials/pointer'
import { readCredentials, removeAccount, removeAllAccounts } from '../credentials/store'
import { Failure, within } from '../failure'
import { atMost } from '../parse/arguments'
import { type Call, defineCommand } from '../parse/command'

const options = {
  all: { kind: 'boolean', help: 'Log out of all clouds' },
  'cloud-url': {
    kind: 'string',
    short: 'c',
    help: 'A cloud URL to log out of (defaults to the current cloud)',
  },
} as const

export const command = defineCommand({
  usage: '[<url>]',
  long: `Log out of the Pulumi Cloud or of a server of your own

The stored token is deleted. Without a URL, the account that is shared with the pulumi command line is logged out, or
the last login of esc if there is none.`,
  options,
  args: atMost(1),
  async run(call) {
    const { io } = call
    const typed = typedUrl(call)
    if (call.options.all) {
      await removeAllAccounts(io)
      writePointer(io, undefined)
      io.stdout.write('Logged out of all clouds\n')
      return undefined
    }
    const { url, stored } = await within('getting current account', () => currentAccount(call, typed))
    if (url === undefined || !stored) {
      io.stdout.write('Already logged out.\n')
      return undefined
    }
    await removeAccount(io, url)
    await removeBackendConfig(io, url)
    if (readPointer(io) === url) writePointer(io, undefined)
    io.stdout.write(`Logged out of ${url}\n`)
    return undefined
  },
})

function typedUrl({ options: given, positionals }: Call<typeof options>): string | undefined {
  const typed = [given.all ? 'all' : '', given['cloud-url'], positionals[0] ?? ''].filter(
    (text) => text !== '',
  )
  if (typed.length > 1) {
    throw new Failure('USAGE', 'only one of --all, --cloud-url or argument URL may be specified, not both')
  }
  return positionals[0] || given['cloud-url'] || undefined
}

function currentAccount({ io }: Call<typeof options>, typed: string | undefined) {
  const credentials = readCredentials(io)
  const url = typed ?? (readPointer(io) || credentials.current || undefined)
  return { url, stored: url !== undefined && credentials.account(url) !== undefined }
}
