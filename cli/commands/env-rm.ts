import { isStatus } from '../client/api'
import { deleteEnvironment } from '../client/environments'
import { connect, type Session } from '../credentials/session'
import { Failure } from '../failure'
import { type Io, readLine } from '../io'
import { atMost } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { type EnvironmentName, fullName } from '../reference/reference'
import { resolveExisting } from '../reference/resolve'
import { referenceArgument, referenceUsage, refuseVersion } from './shared/reference-argument'

export const command = defineCommand({
  usage: `${referenceUsage}`,
  long: `Remove an environment, after you have confirmed it`,
  options: {
    yes: { kind: 'boolean', short: 'y', help: 'Skip confirmation prompts, and proceed with removal anyway' },
  },
  args: atMost(1),
  async run(call) {
    const { io, options } = call
    const session = await connect(io)
    const { reference } = referenceArgument(call)
    const { version, ...name } = await resolveExisting(session, reference)
    refuseVersion(version, 'rm')
    await confirm(io, { name: fullName(name), skip: options.yes })
    await remove(session, name)
    return undefined
  },
})

async function remove(session: Session, name: EnvironmentName): Promise<void> {
  try {
    await deleteEnvironment(session.api, name)
  } catch (error) {
    if (isStatus(error, 409) && error.message.includes('protect')) {
      throw new Failure(
        'API',
        `cannot delete environment: deletion protection is enabled. Disable deletion protection with 'esc env settings set ${fullName(name)} deletion-protected false' before deleting`,
      )
    }
    throw error
  }
  session.io.stdout.write(`Environment ${JSON.stringify(fullName(name))} has been removed!\n`)
}

/** Lets the person type the name of what will be gone. */
async function confirm(io: Io, { name, skip }: { name: string; skip: boolean }): Promise<void> {
  if (skip || /^(1|true)$/i.test(io.env.PULUMI_SKIP_CONFIRMATIONS ?? '')) return
  io.stdout.write(`This will permanently remove the ${JSON.stringify(name)} environment!\n`)
  io.stdout.write(`Please confirm that this is what you'd like to do by typing \`${name}\`: `)
  const answer = await readLine(io)
  if (answer?.trim() !== name) throw new Failure('DECLINED', 'confirmation declined')
}
