/** Who asks in the matrix, from nobody at all to an administrator. */
export const principals = [
  'anonymous',
  'expired credential',
  'revoked credential',
  'wrong kind of credential',
  'stranger',
  'member',
  'reader',
  'opener',
  'editor',
  'keeper',
  'admin',
  'team token',
  'organization token',
] as const

/**
 * `stranger` administers another organization. `member` has no grant, `reader` to `keeper` have read, open, write and
 * admin on the one environment. The team's token may open it, the organization's token has the role of a member.
 */
export type Who = (typeof principals)[number]

export const withoutCredential: ReadonlySet<Who> = new Set([
  'anonymous',
  'expired credential',
  'revoked credential',
  'wrong kind of credential',
])

/** Tokens that belong to no person; the console knows them as little as any other token. */
export const sharedTokens: ReadonlySet<Who> = new Set(['team token', 'organization token'])
