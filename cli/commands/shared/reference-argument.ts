import { Failure } from '../../failure'
import type { Call } from '../../parse/command'

export interface ReferenceArgument {
  /** The environment as typed. */
  readonly reference: string
  /** The positionals after it. */
  readonly rest: readonly string[]
}

/** The help text of the positional that names an environment. */
export const referenceUsage = '[<org-name>/][<project-name>/]<environment-name>'
export const versionedUsage = `${referenceUsage}[@<version>]`

/** The environment that a line names: by `--env`, else by its first positional. */
export function referenceArgument({
  environment,
  positionals,
}: Pick<Call, 'environment' | 'positionals'>): ReferenceArgument {
  if (environment !== undefined) return { reference: environment, rest: positionals }
  const [reference, ...rest] = positionals
  if (reference === undefined) throw new Failure('USAGE', 'no environment name specified')
  return { reference, rest }
}
