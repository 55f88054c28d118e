import { none } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { bashCompletion } from './shared/completion-scripts'

export const command = defineCommand({
  usage: '',
  long: `Generate the autocompletion script for bash

To load completions in the current shell:

    source <(esc completion bash)`,
  options: {},
  args: none,
  async run({ io }) {
    io.stdout.write(bashCompletion)
    return undefined
  },
})
