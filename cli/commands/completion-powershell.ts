import { none } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { powershellCompletion } from './shared/completion-scripts'

export const command = defineCommand({
  usage: '',
  long: `Generate the autocompletion script for powershell

To load completions in the current shell:

    esc completion powershell | Out-String | Invoke-Expression`,
  options: {},
  args: none,
  async run({ io }) {
    io.stdout.write(powershellCompletion)
    return undefined
  },
})
