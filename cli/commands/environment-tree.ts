import type { CommandNode } from '../parse/command'

const tagNode: CommandNode = {
  name: 'tag',
  short: 'Manage environment tags',
  load: () => import('./env-tag'),
  children: [
    { name: 'get', short: 'Get an environment tag', load: () => import('./env-tag-get') },
    { name: 'ls', short: 'List environment tags', load: () => import('./env-tag-ls') },
    { name: 'mv', short: 'Move an environment tag', load: () => import('./env-tag-mv') },
    { name: 'rm', short: 'Remove an environment tag', load: () => import('./env-tag-rm') },
  ],
}

const versionNode: CommandNode = {
  name: 'version',
  short: 'Manage versions',
  load: () => import('./env-version'),
  children: [
    { name: 'history', short: 'Show revision history', load: () => import('./env-version-history') },
    { name: 'retract', short: 'Retract a specific revision', load: () => import('./env-version-retract') },
    {
      name: 'rollback',
      short: 'Roll back to a specific version',
      load: () => import('./env-version-rollback'),
    },
    {
      name: 'tag',
      short: 'Manage tagged versions',
      load: () => import('./env-version-tag'),
      children: [
        { name: 'ls', short: 'List tagged versions', load: () => import('./env-version-tag-ls') },
        { name: 'rm', short: 'Remove a tagged version', load: () => import('./env-version-tag-rm') },
      ],
    },
  ],
}

const settingsNode: CommandNode = {
  name: 'settings',
  short: 'Manage environment settings',
  children: [
    { name: 'get', short: 'Get environment settings', load: () => import('./env-settings-get') },
    { name: 'set', short: 'Set an environment setting', load: () => import('./env-settings-set') },
  ],
}

const scheduleNode: CommandNode = {
  name: 'schedule',
  short: 'Manage the schedule of an environment (experimental)',
  children: [
    {
      name: 'edit',
      aliases: ['update', 'modify'],
      short: 'Change when a schedule runs',
      load: () => import('./env-schedule-edit'),
    },
    { name: 'get', short: 'Get a schedule', load: () => import('./env-schedule-get') },
    { name: 'history', short: 'Show when a schedule ran', load: () => import('./env-schedule-history') },
    { name: 'list', aliases: ['ls'], short: 'List schedules', load: () => import('./env-schedule-list') },
    { name: 'new', short: 'Create a schedule', load: () => import('./env-schedule-new') },
    {
      name: 'remove',
      aliases: ['rm', 'delete'],
      short: 'Remove a schedule',
      load: () => import('./env-schedule-remove'),
    },
  ],
}

const leftoverNode: CommandNode = {
  name: 'leftover',
  short: 'Manage what interrupted rotations left over',
  children: [
    { name: 'get', short: 'Show what a rotation left over', load: () => import('./env-leftover-get') },
    {
      name: 'list',
      aliases: ['ls'],
      short: 'List what rotations left over',
      load: () => import('./env-leftover-list'),
    },
    {
      name: 'remove',
      aliases: ['rm', 'delete'],
      short: 'Let go what a rotation left over',
      load: () => import('./env-leftover-remove'),
    },
  ],
}

const webhookNode: CommandNode = {
  name: 'webhook',
  short: 'Manage webhooks (experimental)',
  children: [
    {
      name: 'delivery',
      short: 'Inspect the deliveries of a webhook',
      children: [
        {
          name: 'list',
          aliases: ['ls'],
          short: 'List deliveries',
          load: () => import('./env-webhook-delivery-list'),
        },
      ],
    },
    { name: 'edit', short: 'Change a webhook', load: () => import('./env-webhook-edit') },
    { name: 'get', short: 'Get a webhook', load: () => import('./env-webhook-get') },
    { name: 'list', aliases: ['ls'], short: 'List webhooks', load: () => import('./env-webhook-list') },
    { name: 'new', short: 'Create a webhook', load: () => import('./env-webhook-new') },
    { name: 'ping', short: 'Call a webhook once', load: () => import('./env-webhook-ping') },
    { name: 'rm', short: 'Remove a webhook', load: () => import('./env-webhook-rm') },
  ],
}

const referrerNode: CommandNode = {
  name: 'referrer',
  short: 'Find out who refers to an environment (experimental)',
  children: [
    { name: 'list', aliases: ['ls'], short: 'List referrers', load: () => import('./env-referrer-list') },
  ],
}

const providerNode: CommandNode = {
  name: 'provider',
  short: 'Configure login providers (experimental)',
  children: [
    {
      name: 'aws-login',
      short: 'Configure the aws-login provider',
      children: [
        { name: 'oidc', short: 'By OpenID Connect', load: () => import('./env-provider-aws-login-oidc') },
        {
          name: 'static',
          short: 'With static credentials',
          load: () => import('./env-provider-aws-login-static'),
        },
      ],
    },
    {
      name: 'azure-login',
      short: 'Configure the azure-login provider',
      children: [
        { name: 'oidc', short: 'By OpenID Connect', load: () => import('./env-provider-azure-login-oidc') },
        {
          name: 'static',
          short: 'With a client secret',
          load: () => import('./env-provider-azure-login-static'),
        },
      ],
    },
    {
      name: 'gcp-login',
      short: 'Configure the gcp-login provider',
      children: [
        { name: 'oidc', short: 'By OpenID Connect', load: () => import('./env-provider-gcp-login-oidc') },
        {
          name: 'static',
          short: 'With an access token',
          load: () => import('./env-provider-gcp-login-static'),
        },
      ],
    },
  ],
}

/** `esc env` and everything below it. */
export const environmentNode: CommandNode = {
  name: 'env',
  short: 'Manage environments',
  long: `Manage environments

An environment is a named collection of possibly-secret, possibly-dynamic data. Its definition can refer to values
and secrets in external sources and import the definitions of other environments.`,
  persistent: { env: { kind: 'string', help: 'The name of the environment to operate on.' } },
  children: [
    {
      name: 'clone',
      short: 'Clone an existing environment into a new environment',
      load: () => import('./env-clone'),
    },
    { name: 'diff', short: 'Show changes between versions', load: () => import('./env-diff') },
    { name: 'edit', short: "Edit an environment's definition", load: () => import('./env-edit') },
    { name: 'get', short: 'Get a value within an environment.', load: () => import('./env-get') },
    {
      name: 'init',
      aliases: ['new'],
      short: 'Create an empty environment with the given name, ready for editing',
      load: () => import('./env-init'),
    },
    leftoverNode,
    { name: 'ls', short: 'List environments.', load: () => import('./env-ls') },
    { name: 'open', short: 'Open the environment with the given name.', load: () => import('./open') },
    {
      name: 'open-request',
      short: 'Request permission to open an environment',
      load: () => import('./env-open-request'),
    },
    providerNode,
    referrerNode,
    {
      name: 'rm',
      short: 'Remove an environment or a value from an environment.',
      load: () => import('./env-rm'),
    },
    { name: 'rotate', short: 'Rotate secrets in an environment', load: () => import('./env-rotate') },
    {
      name: 'run',
      short: 'Open the environment with the given name and run a command.',
      load: () => import('./run'),
    },
    scheduleNode,
    { name: 'set', short: 'Set a value within an environment.', load: () => import('./env-set') },
    settingsNode,
    tagNode,
    versionNode,
    webhookNode,
  ],
}
