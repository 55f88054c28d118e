import { isPublicIssuer, type TrustInstructions } from './trust'

export interface VaultTrustInput {
  /** Issuer URL as in the `iss` claim. */
  issuer: string
  subject: string
  audience: string
  /** A placeholder stands in when absent. */
  role?: string | undefined
}

/** A role of the JWT auth method, of HashiCorp Vault or OpenBao; it must bind the audience (since 1.16.3). */
export function vaultTrust({
  issuer,
  subject,
  audience,
  role = 'openesc',
}: VaultTrustInput): TrustInstructions {
  const policy = JSON.stringify(
    {
      role_type: 'jwt',
      user_claim: 'sub',
      bound_audiences: [audience],
      bound_subject: subject,
      token_policies: ['default'],
      token_ttl: '1h',
    },
    null,
    2,
  )
  return {
    policy,
    publicIssuer: isPublicIssuer(issuer),
    commands: [
      'vault auth enable jwt',
      `vault write auth/jwt/config oidc_discovery_url=${issuer} bound_issuer=${issuer}`,
      `vault write auth/jwt/role/${role} - <<'EOF'\n${policy}\nEOF`,
    ],
  }
}
