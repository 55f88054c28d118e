/** A real OpenID Connect provider (`oidc-provider`) whose person and claims a test chooses; it asks nobody anything. */
import http from 'node:http'
import Provider, { type Context } from 'oidc-provider'
import { freePort } from './free-port'

export interface IdentityProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** Who signs in next, and what the provider says of them; `sub` names them. */
  person: { sub: string } & Record<string, unknown>
  stop(): Promise<void>
}

export async function startIdentityProvider(redirectUri: string): Promise<IdentityProvider> {
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const client = { clientId: 'openesc', clientSecret: 'a secret that only tests know' }
  const state: Pick<IdentityProvider, 'person'> = { person: { sub: 'nobody' } }
  const provider = new Provider(issuer, configuration({ client, redirectUri, state }))
  const answer = provider.callback()
  const server = http.createServer((request, response) => {
    if (!request.url?.startsWith('/interaction/')) return answer(request, response)
    return provider.interactionFinished(request, response, { login: { accountId: state.person.sub } })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    issuer,
    ...client,
    get person() {
      return state.person
    },
    set person(person) {
      state.person = person
    },
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

interface Setting {
  client: { clientId: string; clientSecret: string }
  redirectUri: string
  state: Pick<IdentityProvider, 'person'>
}

function configuration({ client, redirectUri, state }: Setting): Record<string, unknown> {
  return {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    cookies: { keys: ['a key for the provider’s own cookies'] },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username', 'groups'],
    },
    // The claims go into the ID token, as most providers do it.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: Context, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: Context, id: string) => ({
      accountId: id,
      claims: () => ({ ...state.person, sub: id }),
    }),
    loadExistingGrant: async ({ oidc: { client: asking, session, provider } }: Context) => {
      const grant = new provider.Grant({ clientId: asking.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  }
}
