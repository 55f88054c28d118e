import { connect, type Session } from '../../credentials/session'
import { Failure } from '../../failure'
import type { Call } from '../../parse/command'
import { type Resolved, resolveExisting } from '../../reference/resolve'
import { referenceArgument } from './reference-argument'

type EnvironmentCall = Pick<Call, 'io' | 'environment' | 'positionals'>

export interface EnvironmentAtVersion {
  readonly session: Session
  /** As typed. */
  readonly reference: string
  readonly name: Resolved
  /** The positionals after the environment. */
  readonly rest: readonly string[]
}

/** What a command on an existing environment begins with: log in, and find out which one is meant. */
export async function environmentAtVersion(call: EnvironmentCall): Promise<EnvironmentAtVersion> {
  const session = await connect(call.io)
  const { reference, rest } = referenceArgument(call)
  return { session, reference, name: await resolveExisting(session, reference), rest }
}

/** The same for a command that refuses versions; `word` is how the message calls it (cli.md §4). */
export async function environmentItself(call: EnvironmentCall, word: string): Promise<EnvironmentAtVersion> {
  const found = await environmentAtVersion(call)
  refuseVersion(found.name.version, word)
  return found
}

export function refuseVersion(version: string, word: string): void {
  if (version !== '') throw new Failure('USAGE', `the ${word} command does not accept versions`)
}
