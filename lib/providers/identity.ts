import type { ProviderContext } from '@/lib/language'
import type { SubjectContext } from '@/lib/oidc/subject'

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

function withoutVersion(name: string): string {
  return name.split('@', 1)[0] ?? name
}
