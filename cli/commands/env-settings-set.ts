import { isStatus } from '../client/api'
import { readSettings, updateSettings } from '../client/settings'
import { Failure } from '../failure'
import { between } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentItself } from './shared/environment'
import { referenceUsage } from './shared/reference-argument'
import { settingNamed } from './shared/settings-registry'

export const command = defineCommand({
  usage: `${referenceUsage} <name> <value>`,
  long: `Set an environment setting

deletion-protected (true or false): whether the environment refuses to be removed.`,
  options: {},
  args: between(2, 3),
  async run(call) {
    const { session, name, rest } = await environmentItself(call, 'settings')
    const [settingName, value] = rest
    if (settingName === undefined || value === undefined) {
      throw new Failure('USAGE', 'expected a setting name and value')
    }
    const setting = settingNamed(settingName)
    const change = setting.parse(value)
    await updateSettings(session.api, name, change).catch((error: unknown) => {
      if (!isStatus(error, 403)) throw error
      throw new Failure('API', 'permission denied: insufficient permissions to update settings')
    })
    call.io.stdout.write(`${setting.read(await readSettings(session.api, name))}\n`)
    return undefined
  },
})
