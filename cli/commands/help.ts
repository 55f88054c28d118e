import { Failure } from '../failure'
import { any } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { findCommand } from '../parse/find'
import { helpText } from '../parse/help'

export const command = defineCommand({
  usage: '[command]',
  long: 'Help provides help for any command in the application.',
  options: {},
  args: any,
  async run({ io, positionals }) {
    const { root } = await import('./tree')
    const found = await findCommand(root, positionals).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error
      io.stderr.write(`Unknown help topic ${JSON.stringify(positionals.join(' '))}\n`)
      return findCommand(root, [])
    })
    io.stdout.write(helpText({ ...found, path: found.line.map((node) => node.name).join(' ') }))
    return undefined
  },
})
