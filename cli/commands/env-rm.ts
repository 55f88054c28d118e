import { isStatus } from '../client/api'
import { deleteEnvironment } from '../client/environments'
import type { Session } from '../credentials/session'
import { Failure } from '../failure'
import { paintFor } from '../output/colour'
import { atMost } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { type EnvironmentName, fullName } from '../reference/reference'
import { confirm, yesOption } from './shared/confirm'
import { removeFromDefinition } from './shared/edit-definition'
import { environmentItself } from './shared/environment'
import { propertyPath } from './shared/property-path'
import { referenceUsage } from './shared/reference-argument'
import { reportChange } from './shared/report-change'
import { readTarget, submit } from './shared/submit'

export const command = defineCommand({
  usage: `${referenceUsage} [path]`,
  long: `Remove an environment or a value from an environment

Without a path the environment is removed, after you have confirmed it. With a path only that value is removed.`,
  options: { ...yesOption },
  args: atMost(2),
  async run(call) {
    const { io, options } = call
    const { session, name, rest } = await environmentItself(call, 'rm')
    if (rest[0] === undefined) {
      const warning = `This will permanently remove the ${JSON.stringify(fullName(name))} environment!`
      await confirm(io, { warning, word: fullName(name), skip: options.yes })
      await remove(session, name)
      return undefined
    }
    const path = propertyPath(rest[0], 'invalid path')
    if (path.length === 0) throw new Failure('PATH', 'path must contain at least one element')
    const definition = await readTarget(session, name, { kind: 'environment' })
    const text = removeFromDefinition(definition.text, path)
    if (text === undefined) return undefined
    reportChange(io, await submit(session, name, { kind: 'environment' }, { text, etag: definition.etag }))
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
  const { io } = session
  const done = `Environment ${JSON.stringify(fullName(name))} has been removed!`
  io.stdout.write(`${paintFor(io)('attention', done)}\n`)
}
