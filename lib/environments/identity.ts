/** What clouds are told when an environment is opened, so that the editor can show it before anything is sent. */
import { audienceFor, subjectV1 } from '@/lib/oidc/subject'
import { issuerV1 } from '@/lib/oidc/token'
import { trustedServices } from '@/lib/oidc/trust-for'
import { qualifiedName } from './reference'

export interface CloudIdentity {
  issuer: string
  subject: string
  /** By the prefix of the login provider, for example `aws`. */
  audience: Record<string, string>
}

export function cloudIdentity(
  organization: string,
  environment: { project: string; name: string },
): CloudIdentity {
  const name = qualifiedName(environment)
  return {
    issuer: issuerV1(),
    subject: subjectV1({
      organization,
      rootEnvironment: name,
      currentEnvironment: name,
      userLogin: organization,
      tokenType: 'personal',
    }),
    audience: Object.fromEntries(
      trustedServices.map((prefix) => [prefix, audienceFor(prefix, organization)]),
    ),
  }
}
