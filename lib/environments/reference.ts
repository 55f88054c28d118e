/** How environments and their revisions are named. */

export interface EnvironmentReference {
  organization: string
  project: string
  name: string
}

export interface VersionedReference extends EnvironmentReference {
  /** A revision number as text, or a revision tag; absent = `latest`. */
  version?: string | undefined
}

/** The project that one-part names mean. */
export const defaultProject = 'default'

export const latestTag = 'latest'

/** Whether a version is the name of a revision tag that somebody made. */
export function isRevisionTag(version: string | undefined): version is string {
  return version !== undefined && version !== '' && version !== latestTag && !/^\d/.test(version)
}

/** What stands in for a name where a definition is evaluated without being stored (http-api.md trap 18). */
export const unsavedName = '<yaml>'

/** `project/name`, as ranges and identity tokens show it. */
export function qualifiedName({ project, name }: { project: string; name: string }): string {
  return `${project}/${name}`
}

export interface ImportName {
  project: string
  name: string
  /** Absent = `latest`. */
  version?: string
}

/**
 * Reads the name in an import: `env`, `project/env`, `project/env@version`.
 *
 * @returns undefined for anything else
 */
export function parseImportName(text: string): ImportName | undefined {
  const [path = '', version, ...rest] = text.split('@')
  const parts = path.split('/')
  if (rest.length > 0 || version === '' || parts.length > 2 || parts.includes('')) return undefined
  const [project, name] = parts.length === 1 ? [defaultProject, parts[0]] : parts
  if (project === undefined || name === undefined) return undefined
  return { project, name, ...(version !== undefined && { version }) }
}
