import { createLocalJWKSet, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { describeOnEachDatabase } from '../../tests/support/each-database'
import { publishedKeys } from './keys'
import { issuerV1, mintIdentityToken } from './token'

const request = {
  organization: 'acme',
  rootEnvironment: 'shop/dev',
  currentEnvironment: 'shop/login',
  userLogin: 'jane',
  tokenType: 'personal',
  audience: 'aws:acme',
} as const

describeOnEachDatabase('identity tokens', () => {
  test('a token verifies against the published keys and says what it claimed', async () => {
    const { token, claims } = await mintIdentityToken(request)
    const keys = createLocalJWKSet({ keys: await publishedKeys('v1') })
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: issuerV1(),
      audience: 'aws:acme',
      subject: claims.subject,
    })
    expect(protectedHeader.alg).toBe('RS256')
    expect(payload).toMatchObject({
      org: 'acme',
      root_env: 'shop/dev',
      current_env: 'shop/login',
      trigger_user: 'jane',
    })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600)
  })

  test('every token has an id of its own', async () => {
    const [a, b] = await Promise.all([mintIdentityToken(request), mintIdentityToken(request)])
    expect(a.token).not.toBe(b.token)
  })
})
