/**
 * What an identity token says about an environment. Pure, so that the editor can show beforehand exactly what will be
 * sent. Follows providers.md §6.2 with one form for every project: `default` is not special.
 */

/** The name that stands for a definition opened without being stored. */
export const anonymousEnvironment = '<yaml>'

export const subjectAttributeNames = [
  'currentEnvironment.name',
  'rootEnvironment.name',
  'pulumi.organization.login',
  'pulumi.user.login',
  'pulumi.token.type',
  'pulumi.token.team',
] as const

export type SubjectAttribute = (typeof subjectAttributeNames)[number]

export interface SubjectContext {
  organization: string
  /** `project/name` of the environment that was opened, or {@link anonymousEnvironment}. */
  rootEnvironment: string
  /** `project/name` of the environment whose text holds the call. */
  currentEnvironment: string
  /** Login of the person; machine tokens carry the organization's name. */
  userLogin: string
  tokenType: 'personal' | 'team' | 'organization'
  tokenTeam?: string
}

/** A claim that cannot be made: the message says which attribute and why. */
export class SubjectError extends Error {
  override readonly name = 'SubjectError'
}

/**
 * The `sub` of a v1 token. Without attributes it names the environment that was opened; with attributes it lists them
 * in the order given, after the organization. A separator inside a value would let one subject pass for another, so
 * such values are refused, never escaped.
 *
 * @throws SubjectError when an attribute has no value or a value holds `:`.
 */
export function subjectV1(context: SubjectContext, attributes: readonly SubjectAttribute[] = []): string {
  const organization = claimPart('pulumi.organization.login', context.organization)
  if (attributes.length === 0) {
    const environment = claimPart('rootEnvironment.name', context.rootEnvironment)
    return `pulumi:environments:org:${organization}:env:${environment}`
  }
  const listed = attributes.filter((name) => name !== 'pulumi.organization.login')
  const parts = listed.map((name) => `:${name}:${claimPart(name, attributeValue(context, name))}`)
  return `pulumi:environments:pulumi.organization.login:${organization}${parts.join('')}`
}

/** The audience of the login providers: the provider's prefix and the organization. */
export function audienceFor(provider: string, organization: string): string {
  return `${provider}:${organization}`
}

function attributeValue(context: SubjectContext, name: SubjectAttribute): string | undefined {
  switch (name) {
    case 'currentEnvironment.name':
      return context.currentEnvironment
    case 'rootEnvironment.name':
      return context.rootEnvironment
    case 'pulumi.organization.login':
      return context.organization
    case 'pulumi.user.login':
      return context.userLogin
    case 'pulumi.token.type':
      return context.tokenType
    case 'pulumi.token.team':
      return context.tokenTeam
  }
}

function claimPart(name: SubjectAttribute, value: string | undefined): string {
  if (value === undefined || value === '') {
    throw new SubjectError(`the subject attribute "${name}" has no value for this caller`)
  }
  if (value.includes(':')) {
    throw new SubjectError(`the value of the subject attribute "${name}" must not contain ":"`)
  }
  return value
}
