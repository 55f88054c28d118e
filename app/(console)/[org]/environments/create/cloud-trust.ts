/** What the cloud must be told about an environment that does not exist yet. */
import { audienceFor, subjectV1 } from '@/lib/oidc/subject'
import { awsTrust, type TrustInstructions } from '@/lib/oidc/trust'
import { azureTrust } from '@/lib/oidc/trust-azure'
import { gcpTrust } from '@/lib/oidc/trust-gcp'
import { cloudFields, fieldValue, isValid } from './cloud-definition'
import type { Cloud, CloudFields } from './draft'

export interface FutureIdentity {
  organization: string
  issuer: string
  project: string
  name: string
}

export function futureSubject(
  cloud: Cloud,
  { organization, project, name }: FutureIdentity,
): { subject: string; audience: string } {
  const environment = `${project || 'PROJECT'}/${name || 'NAME'}`.replaceAll(':', '')
  return {
    subject: subjectV1({
      organization,
      rootEnvironment: environment,
      currentEnvironment: environment,
      userLogin: organization,
      tokenType: 'personal',
    }),
    audience: audienceFor(cloud, organization),
  }
}

/** Fields that are missing or wrong are left to placeholders. */
export function cloudTrust(cloud: Cloud, identity: FutureIdentity, fields: CloudFields): TrustInstructions {
  const input = { issuer: identity.issuer, ...futureSubject(cloud, identity) }
  const valid = (name: string) => {
    const field = cloudFields[cloud].find((candidate) => candidate.name === name)
    return field && isValid(field, fields) ? fieldValue(field, fields) : undefined
  }
  switch (cloud) {
    case 'aws':
      return awsTrust({ ...input, accountId: valid('accountId'), roleName: valid('roleName') })
    case 'azure':
      return azureTrust({ ...input, clientId: valid('clientId') })
    case 'gcp':
      return gcpTrust({
        ...input,
        projectNumber: valid('project'),
        poolId: valid('workloadPoolId'),
        providerId: valid('providerId'),
        serviceAccount: valid('serviceAccount'),
      })
  }
}
