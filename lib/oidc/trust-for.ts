/** What the service of a login must be told, found by the audience: its prefix names the provider (providers.md §6.2). */
import { awsTrust, isPublicIssuer, parseRoleArn, type TrustInstructions } from './trust'
import { azureTrust } from './trust-azure'
import { gcpTrust } from './trust-gcp'
import { snowflakeTrust } from './trust-snowflake'
import { vaultTrust } from './trust-vault'

export interface TrustClaims {
  issuer: string
  subject: string
  audience: string
}

export interface TrustHints {
  /** Of AWS. */
  roleArn?: string | undefined
}

const trusts: Readonly<Record<string, (claims: TrustClaims, hints: TrustHints) => TrustInstructions>> = {
  aws: (claims, { roleArn }) => awsTrust({ ...claims, ...(roleArn !== undefined && parseRoleArn(roleArn)) }),
  azure: azureTrust,
  gcp: gcpTrust,
  vault: vaultTrust,
  doppler: identityTrust,
  infisical: identityTrust,
  snowflake: snowflakeTrust,
}

/** The prefixes of audiences that {@link trustFor} knows. */
export const trustedServices: readonly string[] = Object.keys(trusts)

/** @returns undefined for the audience of something else than a login provider */
export function trustFor(claims: TrustClaims, hints: TrustHints = {}): TrustInstructions | undefined {
  const [prefix = ''] = claims.audience.split(':')
  return Object.hasOwn(trusts, prefix) ? trusts[prefix]?.(claims, hints) : undefined
}

/** Services whose identities are made in their own pages, from these three texts. */
function identityTrust({ issuer, subject, audience }: TrustClaims): TrustInstructions {
  const policy = JSON.stringify({ discoveryUrl: issuer, issuer, subject, audience }, null, 2)
  return { policy, publicIssuer: isPublicIssuer(issuer), commands: [] }
}
