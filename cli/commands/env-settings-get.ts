import { readSettings } from '../client/settings'
import { writeJson } from '../output/json'
import { between } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { environmentItself } from './shared/environment'
import { outputOption, parseOutput } from './shared/output-option'
import { referenceUsage } from './shared/reference-argument'
import { settingNamed, settingsRegistry } from './shared/settings-registry'

export const command = defineCommand({
  usage: `${referenceUsage} [name]`,
  long: 'Get environment settings: all of them, or the value of one',
  options: { ...outputOption },
  args: between(1, 2),
  async run(call) {
    const { io, options } = call
    const output = parseOutput(options.output)
    const { session, name, rest } = await environmentItself(call, 'settings')
    const settings = await readSettings(session.api, name)
    const chosen = rest[0] === undefined ? settingsRegistry : [settingNamed(rest[0])]
    if (output === 'json') {
      const values = new Map(chosen.map((setting) => [setting.name, setting.read(settings) === 'true']))
      io.stdout.write(`${writeJson(values)}\n`)
    } else if (rest[0] === undefined) {
      io.stdout.write(chosen.map((setting) => `${setting.name} ${setting.read(settings)}\n`).join(''))
    } else io.stdout.write(chosen.map((setting) => `${setting.read(settings)}\n`).join(''))
    return undefined
  },
})
