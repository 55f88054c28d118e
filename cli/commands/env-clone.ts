import { cloneEnvironment } from '../client/environments'
import { connect } from '../credentials/session'
import { within } from '../failure'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { fullName, parseReference } from '../reference/reference'
import { resolveWithProject } from '../reference/resolve'
import { refuseVersion } from './shared/environment'
import { referenceArgument, referenceUsage } from './shared/reference-argument'

export const command = defineCommand({
  usage: `${referenceUsage} [<project-name>/]<environment-name>`,
  long: `Clone an existing environment into a new environment

The new environment belongs to the same organization, and to the same project unless another is named.`,
  options: {
    'preserve-history': { kind: 'boolean', help: 'preserve history of the environment being cloned' },
    'preserve-access': {
      kind: 'boolean',
      help: 'preserve the same team access on the environment being cloned',
    },
    'preserve-env-tags': { kind: 'boolean', help: 'preserve any tags on the environment being cloned' },
    'preserve-rev-tags': {
      kind: 'boolean',
      help: 'preserve any tags on the environment revisions being cloned',
    },
  },
  args: exactly(2),
  async run(call) {
    const { io, options } = call
    const session = await connect(io)
    const { reference, rest } = referenceArgument(call)
    const { version, ...name } = await resolveWithProject(session, parseReference(reference))
    refuseVersion(version, 'clone')
    const destination = destinationOf(rest[0] ?? '')
    const clone = {
      project: destination.project ?? '',
      name: destination.environment,
      preserveHistory: options['preserve-history'],
      preserveAccess: options['preserve-access'],
      preserveEnvironmentTags: options['preserve-env-tags'],
      preserveRevisionTags: options['preserve-rev-tags'],
    }
    await within('cloning environment', () => cloneEnvironment(session.api, name, clone))
    const made = {
      ...name,
      project: destination.project ?? name.project,
      environment: destination.environment,
    }
    io.stdout.write(`Environment ${fullName(name)} cloned into ${fullName(made)}.\n`)
    return undefined
  },
})

function destinationOf(text: string): { readonly project: string | undefined; readonly environment: string } {
  const at = text.indexOf('/')
  return at < 0
    ? { project: undefined, environment: text }
    : { project: text.slice(0, at), environment: text.slice(at + 1) }
}
