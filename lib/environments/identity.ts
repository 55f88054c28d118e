/** What clouds are told when an environment is opened, so that the editor can show it before anything is sent. */
import { audienceFor, subjectV1 } from '@/lib/oidc/subject'
import { issuerV1 } from '@/lib/oidc/token'
import { issuerV2, subjectV2 } from '@/lib/oidc/token-v2'
import { trustedServices } from '@/lib/oidc/trust-for'
import { qualifiedName } from './reference'

export interface CloudIdentity {
  issuer: string
  subject: string
  /** By the prefix of the login provider, for example `aws`. */
  audience: Record<string, string>
  /** Of tokens that a definition asks for by `fn::open::oidc`; their audience is anything. */
  v2: { issuer: string; subject: string }
}

export function cloudIdentity(
  organization: string,
  environment: { id: string; organizationId: string; project: string; name: string },
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
    v2: { issuer: issuerV2(), subject: subjectV2(environment) },
  }
}
