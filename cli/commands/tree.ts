import type { CommandNode } from '../parse/command'
import { environmentNode } from './environment-tree'
import { rootText } from './root-text'

/** Every command, with the text of one line; the rest is loaded when the command is used. */
const commands: readonly CommandNode[] = [
  environmentNode,
  { name: 'login', short: 'Log in to the Pulumi Cloud', load: () => import('./login') },
  { name: 'logout', short: 'Log out of the Pulumi Cloud', load: () => import('./logout') },
  { name: 'open', short: 'Open the environment with the given name.', load: () => import('./open') },
  {
    name: 'run',
    short: 'Open the environment with the given name and run a command.',
    load: () => import('./run'),
  },
  { name: 'version', short: "Print esc's version number", load: () => import('./version') },
]

/** What only a program of its own has; inside another one, that one brings them. */
const ownCommands: readonly CommandNode[] = [
  {
    name: 'completion',
    short: 'Generate the autocompletion script for the specified shell',
    long: 'Generate the autocompletion script for esc for the specified shell.',
    children: [
      {
        name: 'bash',
        short: 'Generate the autocompletion script for bash',
        load: () => import('./completion-bash'),
      },
      {
        name: 'fish',
        short: 'Generate the autocompletion script for fish',
        load: () => import('./completion-fish'),
      },
      {
        name: 'powershell',
        short: 'Generate the autocompletion script for powershell',
        load: () => import('./completion-powershell'),
      },
      {
        name: 'zsh',
        short: 'Generate the autocompletion script for zsh',
        load: () => import('./completion-zsh'),
      },
    ],
  },
  { name: 'help', short: 'Help about any command', load: () => import('./help') },
  {
    name: '__complete',
    short: 'Propose words for the shell',
    hidden: true,
    load: () => import('./complete'),
  },
]

export const root: CommandNode = {
  name: 'esc',
  short: 'Manage environments, secrets, and configuration',
  long: rootText('esc'),
  children: [...commands, ...ownCommands],
}

/** The same commands as part of another program, e.g. `parent esc`. */
export function embeddedRoot(parent: string): CommandNode {
  const name = `${parent} esc`
  return { ...root, name, long: rootText(name), children: commands }
}
