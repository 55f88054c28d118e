/**
 * `fn::open::snowflake-login`: a token that Snowflake accepts through External OAuth. Nobody is called: Snowflake itself
 * verifies the token when a session begins (providers.md §2.8).
 */
import * as z from 'zod'
import { audienceFor } from '@/lib/oidc/subject'
import { mintIdentityToken } from '@/lib/oidc/token'
import { defineProvider } from '../define'
import { subjectContext, withSubject } from '../identity'

const provider = 'snowflake-login'
const name = z.string().min(1)

const inputs = z.strictObject({
  oidc: z
    .strictObject({
      account: name.meta({ description: 'account identifier' }),
      user: name.meta({ description: 'login name of the user' }),
      role: name.optional().meta({ description: 'the role to use; any role of the user when absent' }),
    })
    .meta({ description: 'log in with an identity token of this environment' }),
})

const outputs = z.object({
  account: z.string().meta({ description: 'for SNOWFLAKE_ACCOUNT' }),
  user: z.string().meta({ description: 'for SNOWFLAKE_USER' }),
  token: z.string().meta({ description: 'for SNOWFLAKE_TOKEN, with the authenticator oauth', secret: true }),
})

export const snowflakeLogin = defineProvider({
  name: provider,
  description: 'A token for Snowflake, by External OAuth',
  inputs,
  outputs,
  async open({ oidc: { account, user, role } }, context) {
    const scope = role === undefined ? 'session:role-any' : `session:role:${role}`
    const { token, expiresAt } = await withSubject(provider, () =>
      mintIdentityToken({
        ...subjectContext(context),
        audience: audienceFor('snowflake', context.organization),
        claims: { snowflake_user: user, scp: [scope] },
      }),
    )
    return { output: { account, user, token }, expiresAt }
  },
})
