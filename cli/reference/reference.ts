/** The full name of an environment. */
export interface EnvironmentName {
  readonly organization: string
  readonly project: string
  readonly environment: string
}

/** An environment as a person writes it: `[<org>/][<project>/]<env>[@<version>]` (cli.md §4). */
export interface Reference {
  /** The text without the version. */
  readonly name: string
  readonly parts: readonly string[]
  /** A revision number or tag; empty for none. */
  readonly version: string
}

/** Takes a reference apart. `:` stands for `@` where there is no `@`. */
export function parseReference(text: string): Reference {
  const separator = text.includes('@') ? '@' : ':'
  const at = text.indexOf(separator)
  const name = at < 0 ? text : text.slice(0, at)
  return { name, parts: name.split('/'), version: at < 0 ? '' : text.slice(at + 1) }
}

/** `org/project/env` */
export function fullName({ organization, project, environment }: EnvironmentName): string {
  return `${organization}/${project}/${environment}`
}

/** `project/env`, as diagnostics of an update name the environment. */
export function projectName({ project, environment }: EnvironmentName): string {
  return `${project}/${environment}`
}
