import { none } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { zshCompletion } from './shared/completion-scripts'

export const command = defineCommand({
  usage: '',
  long: `Generate the autocompletion script for zsh

To load completions in the current shell:

    source <(esc completion zsh)`,
  options: {},
  args: none,
  async run({ io }) {
    io.stdout.write(zshCompletion)
    return undefined
  },
})
