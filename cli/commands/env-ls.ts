import { listEnvironments } from '../client/environments'
import { connect } from '../credentials/session'
import { within } from '../failure'
import { inert } from '../output/inert'
import { compareBytes } from '../output/order'
import { none } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import type { EnvironmentName } from '../reference/reference'
import { outputOption, parseOutput, printJson } from './shared/output-option'

export const command = defineCommand({
  usage: '',
  long: `List environments

Environments of your own organization are listed without its name.`,
  options: {
    organization: {
      kind: 'string',
      short: 'o',
      help: 'Filter returned environments to those in a specific organization',
    },
    project: {
      kind: 'string',
      short: 'p',
      help: 'Filter returned environments to those in a specific project',
    },
    ...outputOption,
  },
  args: none,
  async run({ io, options }) {
    const output = parseOutput(options.output)
    const session = await connect(io)
    const all = await within('listing environments', () =>
      listEnvironments(session.api, options.organization || undefined),
    )
    const names = all
      .filter(({ project }) => !options.project || project === options.project)
      .map((environment) => withoutOwn(environment, session.username))
      .sort(byName)
      .map(({ organization, project, environment }) =>
        [organization, project, environment].filter(Boolean).join('/'),
      )
    if (output === 'json') printJson(io, { environments: names })
    else io.stdout.write(names.map((name) => `${inert(name)}\n`).join(''))
    return undefined
  },
})

function withoutOwn(environment: EnvironmentName, username: string): EnvironmentName {
  return environment.organization === username ? { ...environment, organization: '' } : environment
}

function byName(a: EnvironmentName, b: EnvironmentName): number {
  return (
    compareBytes(a.organization, b.organization) ||
    compareBytes(a.project, b.project) ||
    compareBytes(a.environment, b.environment)
  )
}
