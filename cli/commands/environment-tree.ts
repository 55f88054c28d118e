import type { CommandNode } from '../parse/command'

/** `esc env` and everything below it. */
export const environmentNode: CommandNode = {
  name: 'env',
  short: 'Manage environments',
  long: `Manage environments

An environment is a named collection of possibly-secret, possibly-dynamic data. Its definition can refer to values
and secrets in external sources and import the definitions of other environments.`,
  persistent: { env: { kind: 'string', help: 'The name of the environment to operate on.' } },
  children: [
    { name: 'edit', short: "Edit an environment's definition", load: () => import('./env-edit') },
    { name: 'get', short: 'Get a value within an environment.', load: () => import('./env-get') },
    {
      name: 'init',
      aliases: ['new'],
      short: 'Create an empty environment with the given name, ready for editing',
      load: () => import('./env-init'),
    },
    { name: 'ls', short: 'List environments.', load: () => import('./env-ls') },
    { name: 'open', short: 'Open the environment with the given name.', load: () => import('./open') },
    {
      name: 'rm',
      short: 'Remove an environment or a value from an environment.',
      load: () => import('./env-rm'),
    },
    {
      name: 'run',
      short: 'Open the environment with the given name and run a command.',
      load: () => import('./run'),
    },
    { name: 'set', short: 'Set a value within an environment.', load: () => import('./env-set') },
  ],
}
