import { none } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { fishCompletion } from './shared/completion-scripts'

export const command = defineCommand({
  usage: '',
  long: `Generate the autocompletion script for fish

To load completions in the current shell:

    esc completion fish | source`,
  options: {},
  args: none,
  async run({ io }) {
    io.stdout.write(fishCompletion)
    return undefined
  },
})
