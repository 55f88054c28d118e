/** Issuers behind a private authority: the certificate that is believed is one that an administrator registered. */
import { createHash, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exchangeToken } from '@/lib/organizations/exchange/exchange'
import { regenerateThumbprints, registerIssuer, setPolicies, updateIssuer } from '@/lib/organizations/issuers'
import { createTestCa } from '../peers/test-ca'
import { startTestIssuer, type TestIssuer } from '../peers/test-issuer'
import { describeOnEachDatabase } from '../support/each-database'
import { refusal } from '../support/failures'
import { addMember, addOrganization, addPerson, type TestPerson } from '../support/installation'

const organization = 'acme'
const audience = 'urn:pulumi:org:acme'

describeOnEachDatabase('thumbprints of issuers', () => {
  let ci: TestIssuer
  let admin: TestPerson
  let bob: TestPerson
  let shown: string

  beforeAll(async () => {
    process.env.OPENESC_ALLOW_PRIVATE_TARGETS = '127.0.0.0/8,::1/128'
    const { key, cert } = await (await createTestCa()).issue(['localhost'])
    ci = await startTestIssuer({ key, cert })
    shown = createHash('sha256').update(new X509Certificate(cert).raw).digest('hex')
    admin = await addPerson('admin-person')
    bob = await addPerson('bob')
    const acme = await addOrganization(organization, { admin })
    await addMember(acme, bob, 'member')
  })

  afterAll(() => ci?.stop())

  async function trade() {
    const result = await exchangeToken(
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
        audience,
        requested_token_type: 'urn:pulumi:token-type:access_token:organization',
        subject_token: await ci.token({ claims: { aud: audience, sub: 'repo:acme/web' } }),
      },
      { address: '198.51.100.7', requestId: 'request-1' },
    )
    return result.granted ? 'granted' : result.reason
  }

  it('are read from the certificate that the address shows now', async () => {
    const named = { organization, name: 'ci', url: ci.issuer }
    expect((await refusal(registerIssuer(admin.actor, named))).details.field).toBe('url')
    const { id } = await registerIssuer(admin.actor, { ...named, thumbprints: [shown] })
    const allow = { decision: 'allow', tokenType: 'organization', rules: { sub: 'repo:acme/*' } }
    await setPolicies(admin.actor, { organization, id, policies: [allow] })
    await updateIssuer(admin.actor, { organization, id, name: 'ci', thumbprints: ['ab'.repeat(32)] })
    expect(await trade()).not.toBe('granted')
    expect((await refusal(regenerateThumbprints(bob.actor, { organization, id }))).code).toBe('forbidden')
    const { thumbprints, maxExpirationSeconds } = await regenerateThumbprints(admin.actor, {
      organization,
      id,
    })
    expect([thumbprints, maxExpirationSeconds]).toEqual([[shown], 90_000])
    expect(await trade()).toBe('granted')
  })

  it('are not read where no certificate is shown', async () => {
    const jwks = {
      keys: [{ kty: 'OKP', crv: 'Ed25519', kid: 'a', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }],
    }
    const url = 'https://localhost:9/oidc'
    const { id } = await registerIssuer(admin.actor, { organization, name: 'gone', url, jwks })
    expect((await refusal(regenerateThumbprints(admin.actor, { organization, id }))).code).toBe('invalid')
    // Refused before anything is asked of the network.
    expect((await refusal(regenerateThumbprints(bob.actor, { organization, id }))).code).toBe('forbidden')
    expect((await refusal(regenerateThumbprints(admin.actor, { organization, id: 'absent' }))).code).toBe(
      'not_found',
    )
  })
})
