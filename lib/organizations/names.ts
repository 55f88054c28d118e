/**
 * The one place where names are judged (P4): a name is accepted as typed or refused, never repaired, and two names are
 * the same when their {@link key} is. Pure, so that forms validate with the rules of the server.
 */

/** What is wrong with a name; `message` is for people, `code` for programs. */
export interface NameProblem {
  code: 'empty' | 'too_short' | 'too_long' | 'characters' | 'edges' | 'reserved'
  message: string
}

/** Words that are routes of ours at the position of an organization. */
const reservedOrganizations: ReadonlySet<string> = new Set([
  'account',
  'api',
  'cli-login',
  'docs',
  'download',
  'healthz',
  'invite',
  'oidc',
  'readyz',
  'setup',
  'signin',
  'signout',
  'welcome',
])

/** Fixed segments of the HTTP API at the position of a project: `/{org}/yaml/check`, `/{org}/tags`, `/{org}/restore`. */
const reservedProjects: ReadonlySet<string> = new Set(['.', '..', 'restore', 'tags', 'yaml'])

/** Fixed segments at the position of an environment: `/{org}/yaml/open` and the routes without a project. */
const reservedEnvironments: ReadonlySet<string> = new Set(['.', '..', 'open', 'yaml'])

export const organizationNameLength = { least: 3, most: 40 } as const
export const projectNameLength = { least: 1, most: 100 } as const
export const environmentNameLength = { least: 1, most: 100 } as const

/** The canonical form that is stored beside a name, unique and the only one that is compared. */
export function key(name: string): string {
  return name.toLowerCase()
}

/** A login is also the name of the person's individual organization, so both follow one rule. */
export function organizationNameProblem(name: string): NameProblem | undefined {
  return (
    lengthProblem(name, organizationNameLength) ??
    charactersProblem(name, /^[a-zA-Z0-9_-]+$/, 'letters, digits, hyphens and underscores') ??
    edgesProblem(name) ??
    reservedProblem(name, reservedOrganizations)
  )
}

export const loginProblem = organizationNameProblem

export function projectNameProblem(name: string): NameProblem | undefined {
  return segmentProblem(name, projectNameLength, reservedProjects)
}

export function environmentNameProblem(name: string): NameProblem | undefined {
  return segmentProblem(name, environmentNameLength, reservedEnvironments)
}

export const teamNameLength = { least: 1, most: 40 } as const

export function teamNameProblem(name: string): NameProblem | undefined {
  return segmentProblem(name, teamNameLength, nothingReserved)
}

const nothingReserved: ReadonlySet<string> = new Set(['.', '..'])

export const titleLength = { least: 1, most: 100 } as const

/** Names that are shown and chosen from lists, never typed into an address: roles, tokens, issuers. */
export function titleProblem(name: string): NameProblem | undefined {
  const invisible = /[\p{C}\p{Zl}\p{Zp}]|^\s|\s$/u.test(name)
  return (
    lengthProblem(name, titleLength) ??
    (invisible
      ? { code: 'characters', message: 'Use no invisible characters, and no spaces at the ends.' }
      : undefined)
  )
}

interface Length {
  least: number
  most: number
}

function segmentProblem(
  name: string,
  length: Length,
  reserved: ReadonlySet<string>,
): NameProblem | undefined {
  return (
    lengthProblem(name, length) ??
    charactersProblem(name, /^[a-zA-Z0-9._-]+$/, 'letters, digits, hyphens, underscores and dots') ??
    reservedProblem(name, reserved)
  )
}

function lengthProblem(name: string, { least, most }: Length): NameProblem | undefined {
  if (name.length === 0) return { code: 'empty', message: 'Enter a name.' }
  if (name.length < least) return { code: 'too_short', message: `Use at least ${least} characters.` }
  if (name.length > most) return { code: 'too_long', message: `Use at most ${most} characters.` }
  return undefined
}

function charactersProblem(name: string, pattern: RegExp, allowed: string): NameProblem | undefined {
  if (pattern.test(name)) return undefined
  return { code: 'characters', message: `Use only ${allowed} (no spaces, no accents).` }
}

function edgesProblem(name: string): NameProblem | undefined {
  if (/^[a-zA-Z0-9].*[a-zA-Z0-9]$/.test(name)) return undefined
  return { code: 'edges', message: 'Begin and end with a letter or a digit.' }
}

function reservedProblem(name: string, reserved: ReadonlySet<string>): NameProblem | undefined {
  if (!reserved.has(key(name))) return undefined
  return { code: 'reserved', message: 'This name is reserved. Choose another one.' }
}
