import type { ProviderContext } from '@/lib/language'
import { audienceFor, type SubjectAttribute, type SubjectContext, SubjectError } from '@/lib/oidc/subject'
import { type IdentityToken, mintIdentityToken } from '@/lib/oidc/token'
import type { IdentityRequestV2 } from '@/lib/oidc/token-v2'
import { ProviderFailure } from './failure'

export interface IdentityRequest {
  /** The provider that asks, as in `fn::open::NAME`. */
  provider: string
  /** What stands before the organization in the audience, for example `aws`. */
  audiencePrefix: string
  subjectAttributes?: readonly SubjectAttribute[] | undefined
}

/**
 * A v1 identity token for one call (providers.md §6.2).
 *
 * @throws ProviderFailure `InvalidSubject` when the subject cannot be made for this caller
 */
export async function identityToken(
  { provider, audiencePrefix, subjectAttributes = [] }: IdentityRequest,
  context: ProviderContext,
): Promise<IdentityToken> {
  const audience = audienceFor(audiencePrefix, context.organization)
  return withSubject(provider, () =>
    mintIdentityToken({ ...subjectContext(context), audience, subjectAttributes }),
  )
}

/** Runs what makes a subject, and tells a subject that cannot be made as this provider's failure. */
export async function withSubject<T>(provider: string, make: () => Promise<T>): Promise<T> {
  try {
    return await make()
  } catch (error) {
    if (!(error instanceof SubjectError)) throw error
    throw new ProviderFailure({
      provider,
      code: 'InvalidSubject',
      answer: error.message,
      advice: 'Change subjectAttributes.',
    })
  }
}

/** Who an identity token speaks for when a provider asks for one: environments by `project/name`, without a version. */
export function subjectContext(context: ProviderContext): SubjectContext {
  const { principal } = context
  const team = principal?.token?.team
  return {
    organization: context.organization,
    rootEnvironment: withoutVersion(context.rootEnvironment),
    currentEnvironment: withoutVersion(context.currentEnvironment),
    userLogin: principal?.login ?? context.organization,
    tokenType: principal?.token?.type ?? 'personal',
    ...(team && { tokenTeam: team }),
  }
}

/** Who a v2 token speaks for; the audience is the call's. */
export function identityRequestV2(context: ProviderContext): Omit<IdentityRequestV2, 'audience'> {
  const { organization, rootEnvironment, currentEnvironment, userLogin } = subjectContext(context)
  return { organization, rootEnvironment, currentEnvironment, actor: userLogin }
}

function withoutVersion(name: string): string {
  return name.split('@', 1)[0] ?? name
}
