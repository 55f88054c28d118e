import { retractRevision } from '../client/revisions'
import { Failure } from '../failure'
import { between } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { parseReference } from '../reference/reference'
import { environmentAtVersion } from './shared/environment'
import { versionedUsage } from './shared/reference-argument'
import { resolveVersion } from './shared/resolve-version'

export const command = defineCommand({
  usage: `${versionedUsage} [@<version>]`,
  long: `Retract a specific revision of an environment

A retracted revision cannot be read or opened any more; whoever asks for it gets its replacement.`,
  options: {
    'replace-with': { kind: 'string', help: 'the version to use to replace the retracted revision' },
    reason: { kind: 'string', help: 'the reason for the retraction' },
  },
  args: between(1, 2),
  async run(call) {
    const { options } = call
    const { session, name: resolved, rest } = await environmentAtVersion(call)
    const version = resolved.version || (rest[0] ?? '').replace(/^@/, '')
    if (version === '') throw new Failure('USAGE', 'please specify a version')
    if (version === 'latest') throw new Failure('USAGE', 'cannot retract the `latest` revision')
    const replacement = options['replace-with']
      ? await resolveVersion(session, resolved, versionIn(options['replace-with']))
      : undefined
    await retractRevision(session.api, resolved, { version, replacement, reason: options.reason })
    return undefined
  },
})

/** `@v`, `env@v` and plain `v` all name a version. */
function versionIn(text: string): string {
  return /[@:]/.test(text) ? parseReference(text).version : text
}
