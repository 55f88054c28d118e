import { isPublicIssuer, type TrustInstructions } from './trust'

export interface SnowflakeTrustInput {
  /** Issuer URL as in the `iss` claim. */
  issuer: string
  audience: string
}

/** A security integration of the type External OAuth. Snowflake looks at the user, not at the subject. */
export function snowflakeTrust({ issuer, audience }: SnowflakeTrustInput): TrustInstructions {
  const policy = [
    'CREATE SECURITY INTEGRATION openesc TYPE=EXTERNAL_OAUTH ENABLED=TRUE EXTERNAL_OAUTH_TYPE=CUSTOM',
    `  EXTERNAL_OAUTH_ISSUER='${issuer}'`,
    `  EXTERNAL_OAUTH_JWS_KEYS_URL='${issuer}/.well-known/jwks'`,
    `  EXTERNAL_OAUTH_AUDIENCE_LIST=('${audience}')`,
    "  EXTERNAL_OAUTH_TOKEN_USER_MAPPING_CLAIM='snowflake_user'",
    "  EXTERNAL_OAUTH_SNOWFLAKE_USER_MAPPING_ATTRIBUTE='login_name'",
    "  EXTERNAL_OAUTH_ANY_ROLE_MODE='ENABLE';",
  ].join('\n')
  return { policy, publicIssuer: isPublicIssuer(issuer), commands: [policy] }
}
