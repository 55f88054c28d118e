import { none } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { version } from '../version'

export const command = defineCommand({
  usage: '',
  long: "Print esc's version number",
  options: {},
  args: none,
  async run({ io }) {
    io.stdout.write(`${version}\n`)
    return undefined
  },
})
