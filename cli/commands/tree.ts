import type { CommandNode } from '../parse/command'
import { environmentNode } from './environment-tree'
import { rootText } from './root-text'

/** Every command, with the text of one line; the rest is loaded when the command is used. */
export const root: CommandNode = {
  name: 'esc',
  short: 'Manage environments, secrets, and configuration',
  long: rootText('esc'),
  children: [
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
  ],
}
