import type { JsonObject } from '@/lib/language/text/json'
import { isStatus } from '../../client/api'
import { createEnvironment, readDefinition } from '../../client/environments'
import type { Session } from '../../credentials/session'
import { Failure, within } from '../../failure'
import { paintFor } from '../../output/colour'
import { hasErrors, sourceStyle } from '../../output/diagnostics'
import type { Call } from '../../parse/command'
import { type EnvironmentName, fullName, projectName } from '../../reference/reference'
import { setInDefinition } from './edit-definition'
import { environmentItself } from './environment'
import { propertyPath } from './property-path'
import { draftOption, readTarget, submit, targetOf } from './submit'

/** The options that all provider commands share. `path` is where the provider's block goes. */
export function providerOptions<P extends string>(path: P) {
  return {
    path: { kind: 'string', default: path, help: 'the path of the provider in the environment' },
    create: { kind: 'boolean', help: 'create the environment if it does not exist' },
    ...draftOption,
  } as const
}

type ProviderCall = Pick<Call, 'io' | 'environment' | 'positionals'> & {
  readonly options: { readonly path: string; readonly create: boolean; readonly draft: string }
}

export interface ProviderBlock {
  /** The call, e.g. `fn::open::aws-login`. */
  readonly name: string
  /** Names of the positionals after the environment, as messages write them. */
  readonly parameters: readonly string[]
  /** The inputs, made of those positionals. May refuse them. */
  readonly inputs: (values: readonly string[]) => JsonObject
}

/** Replaces what is at the path by the provider's block. */
export async function writeProvider(call: ProviderCall, block: ProviderBlock): Promise<undefined> {
  const { io, options } = call
  const { session, name, rest } = await environmentItself(call, 'provider')
  if (rest.length < block.parameters.length)
    throw new Failure('USAGE', `expected ${listed(block.parameters)}`)
  const inputs = block.inputs(rest)
  const path = propertyPath(options.path, 'invalid --path')
  if (path.length === 0) throw new Failure('PATH', 'path must contain at least one element')
  if (options.create) await createMissing(session, name)
  const target = targetOf(options.draft)
  const definition = await readExisting(session, name, target)
  const text = await within(`setting provider at ${options.path}`, () =>
    setInDefinition(definition.text, path, { data: { [block.name]: inputs } }),
  )
  const { diagnostics, message } = await submit(session, name, target, { text, etag: definition.etag })
  io.stderr.write(sourceStyle(diagnostics, { name: projectName(name), text }, paintFor(io, io.stderr)))
  if (hasErrors(diagnostics)) throw new Failure('DEFINITION', 'provider update failed')
  io.stdout.write(message ?? 'Provider updated.\n')
  return undefined
}

function listed(parameters: readonly string[]): string {
  return parameters.length === 2 ? parameters.join(' and ') : parameters.map((name) => `<${name}>`).join(' ')
}

async function createMissing(session: Session, name: EnvironmentName): Promise<void> {
  try {
    await readDefinition(session.api, name)
  } catch (error) {
    if (!isStatus(error, 404)) {
      await within('checking environment existence', () => Promise.reject(error))
    }
    await within('creating environment', () => createEnvironment(session.api, name))
    session.io.stdout.write(`Environment created: ${fullName(name)}\n`)
  }
}

async function readExisting(session: Session, name: EnvironmentName, target: ReturnType<typeof targetOf>) {
  try {
    return await readTarget(session, name, target)
  } catch (error) {
    if (!(error instanceof Failure) || !isStatus(error.cause, 404)) throw error
    const full = fullName(name)
    throw new Failure(
      'REFERENCE',
      `environment ${full} does not exist; pass --create to create it, or run \`esc env init ${full}\` first`,
    )
  }
}

/** A member that is only written when there is something to write. */
export function optional(name: string, value: string | readonly string[]): JsonObject {
  return value.length === 0 ? {} : { [name]: value }
}
