import type { ProviderDocs } from '../docs'

export const docs: ProviderDocs = {
  notes:
    "Nobody is called: Snowflake verifies the token when a session begins, by a security integration of the type External OAuth. The claim `snowflake_user` names the user, `scp` the role. Tested against Snowflake's documentation, not against Snowflake.",
  example: `values:
  snowflake:
    login:
      fn::open::snowflake-login:
        oidc: { account: acme-prod, user: OPENESC, role: READER }
  environmentVariables:
    SNOWFLAKE_ACCOUNT: \${snowflake.login.account}
    SNOWFLAKE_USER: \${snowflake.login.user}
    SNOWFLAKE_AUTHENTICATOR: oauth
    SNOWFLAKE_TOKEN: \${snowflake.login.token}
`,
  errors: {},
}
