import { createHmac } from 'node:crypto'
import { exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment } from '@/lib/access/require'
import { actorFromToken, createAccessToken } from '@/lib/access/tokens'
import { database } from '@/lib/db'
import { exchangeToken } from '@/lib/organizations/exchange/exchange'
import {
  deleteIssuer,
  type IssuerSummary,
  registerIssuer,
  setPolicies,
  testPolicies,
  updateIssuer,
} from '@/lib/organizations/issuers'
import { createRole } from '@/lib/organizations/roles'
import { changeSettings } from '@/lib/organizations/settings'
import { createTeam, deleteTeam } from '@/lib/organizations/teams'
import { viewer } from '@/lib/organizations/viewer'
import { startTestIssuer, type TestIssuer } from '../peers/test-issuer'
import { describeOnEachDatabase } from '../support/each-database'
import { refusal } from '../support/failures'
import {
  addEnvironment,
  addMember,
  addOrganization,
  addPerson,
  type TestOrganization,
  type TestPerson,
} from '../support/installation'

const origin = { address: '198.51.100.7', requestId: 'request-1' }
const organization = 'acme'
const audience = 'urn:pulumi:org:acme'
const good = { aud: audience, sub: 'repo:acme/site:ref:refs/heads/main' }

const types = {
  organization: 'urn:pulumi:token-type:access_token:organization',
  team: 'urn:pulumi:token-type:access_token:team',
  personal: 'urn:pulumi:token-type:access_token:personal',
}

describeOnEachDatabase('trading identity tokens', () => {
  let ci: TestIssuer
  let admin: TestPerson
  let bob: TestPerson
  let acme: TestOrganization
  let issuer: IssuerSummary

  beforeAll(async () => {
    process.env.OPENESC_ALLOW_PRIVATE_TARGETS = '127.0.0.0/8'
    ci = await startTestIssuer()
    admin = await addPerson('admin-person')
    bob = await addPerson('bob')
    acme = await addOrganization(organization, { admin, members: [[bob, 'member']] })
    await addEnvironment(acme, 'shop/prod')
    await createTeam(admin.actor, { organization, name: 'ops' })
    issuer = await registerIssuer(admin.actor, { organization, name: 'CI', url: ci.issuer })
  })

  afterAll(() => ci?.stop())

  beforeEach(() =>
    policies([
      { id: 'main', decision: 'allow', tokenType: 'organization', rules: { sub: 'repo:acme/*' } },
      { id: 'ops', decision: 'allow', tokenType: 'team', teamName: 'ops', rules: { sub: 'repo:acme/*' } },
      {
        id: 'bob',
        decision: 'allow',
        tokenType: 'personal',
        userLogin: 'bob',
        rules: { sub: 'repo:acme/*' },
      },
    ]),
  )

  const policies = (list: object[]) =>
    setPolicies(admin.actor, { organization, id: issuer.id, policies: list })

  const trade = (subject_token: string, over: Record<string, string> = {}) =>
    exchangeToken(
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
        audience,
        requested_token_type: types.organization,
        subject_token,
        ...over,
      },
      origin,
    )

  async function granted(token: string, over: Record<string, string> = {}) {
    const result = await trade(token, over)
    if (!result.granted) throw new Error(`refused: ${result.reason}`)
    const actor = await actorFromToken(result.accessToken, origin)
    if (!actor) throw new Error('the token is not accepted')
    return { ...result, actor }
  }

  async function reason(token: string, over: Record<string, string> = {}) {
    const result = await trade(token, over)
    expect(JSON.stringify(result)).not.toContain(token.slice(0, 40) || 'never')
    return result.granted ? 'granted' : result.reason
  }

  const levelOf = (actor: Actor, name = organization) =>
    requireEnvironment(database(), actor, {
      organization: name,
      project: 'shop',
      name: 'prod',
      scope: 'environment:list',
    }).then(
      ({ level }) => level,
      () => 'none',
    )

  it('gives tokens of the organization, a team, a person', async () => {
    const token = await ci.token({ claims: good })
    const byOrganization = await granted(token)
    expect(byOrganization).toMatchObject({ expiresInSeconds: 7200, issuedTokenType: types.organization })
    expect(byOrganization.actor.principal).toMatchObject({ kind: 'organization', role: 'member' })
    expect(await levelOf(byOrganization.actor)).toBe('write')
    const byTeam = await granted(token, { requested_token_type: types.team, scope: 'team:ops' })
    expect(byTeam.actor.principal).toMatchObject({ kind: 'team', name: 'ops' })
    const byPerson = await granted(token, { requested_token_type: types.personal, scope: 'user:bob' })
    expect(byPerson.actor.principal).toMatchObject({ kind: 'person', login: 'bob' })
    const own = 'urn:openesc:token-type:access_token:organization'
    await granted(await ci.token({ claims: { ...good, aud: 'urn:openesc:org:acme' } }), {
      audience: 'urn:openesc:org:acme',
      requested_token_type: own,
    })
  })

  it('gives no more time than asked for, and than the issuer allows', async () => {
    const token = await ci.token({ claims: good })
    expect((await granted(token, { expiration: '60' })).expiresInSeconds).toBe(60)
    expect((await granted(token, { expiration: '9999999' })).expiresInSeconds).toBe(25 * 3600)
    for (const expiration of ['0', '-1', '1.5', 'x']) {
      expect(await reason(token, { expiration })).toBe('malformed:expiration')
    }
  })

  it('T01: refuses algorithms that prove nothing', async () => {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
    const claims = encode({ iss: ci.issuer, ...good, iat: now(), exp: now() + 600 })
    const key = JSON.stringify((ci.published.jwks.body as { keys: object[] }).keys[0])
    const hmac = (body: string) => createHmac('sha256', key).update(body).digest('base64url')
    for (const header of [{ alg: 'none' }, { alg: 'None' }, { typ: 'JWT' }]) {
      expect(await reason(`${encode(header)}.${claims}.`)).toBe('signature')
    }
    const signed = `${encode({ alg: 'HS256', kid: 'test-key' })}.${claims}`
    expect(await reason(`${signed}.${hmac(signed)}`)).toBe('signature')
  })

  it('T02: believes no key from the token’s header', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256')
    const jwk = await exportJWK(publicKey)
    const sign = (header: object) =>
      new SignJWT({ iss: ci.issuer, ...good, iat: now(), exp: now() + 600 })
        .setProtectedHeader({ alg: 'RS256', ...header })
        .sign(privateKey)
    for (const header of [
      { jwk },
      { jwk, kid: 'test-key' },
      { jku: `${ci.issuer}/evil` },
      { x5u: ci.issuer },
    ]) {
      expect(await reason(await sign(header))).toBe('signature')
    }
    expect(await reason(await ci.token({ claims: good, signedBy: 'forged' }))).toBe('signature')
  })

  it('T03: takes no token with an extension that it does not know', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256')
    const url = `https://critical-${Date.now()}.example.com`
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k' }] }
    const made = await registerIssuer(admin.actor, { organization, name: url, url, jwks })
    const allow = { decision: 'allow', tokenType: 'organization', rules: { sub: '*' } }
    await setPolicies(admin.actor, { organization, id: made.id, policies: [allow] })
    const signed = (header: object, options: object = {}) =>
      new SignJWT({ iss: url, ...good, iat: now(), exp: now() + 600 })
        .setProtectedHeader({ alg: 'RS256', kid: 'k', ...header })
        .sign(privateKey, options)
    const critical = await signed({ crit: ['x-own'], 'x-own': 1 }, { crit: { 'x-own': true } })
    expect(await reason(critical)).toBe('signature')
    await granted(await signed({ 'x-own': 1 }))
  })

  it.each<[string, JWTPayload]>([
    ['no exp', { exp: undefined }],
    ['no iat', { iat: undefined }],
    ['no sub', { sub: undefined }],
    ['an empty sub', { sub: '' }],
    ['no aud', { aud: undefined }],
    ['exp as text', { exp: '9999999999' as unknown as number }],
    ['iat as text', { iat: '1' as unknown as number }],
    ['sub as a number', { sub: 7 as unknown as string }],
    ['aud as a number', { aud: 7 as unknown as string }],
    ['a huge exp', { exp: 99_999_999_999 }],
    ['a negative exp', { exp: -1 }],
    [
      'iat in the future',
      { iat: Math.floor(Date.now() / 1000) + 3600, exp: Math.floor(Date.now() / 1000) + 7200 },
    ],
    ['nbf in the future', { nbf: Math.floor(Date.now() / 1000) + 3600 }],
  ])('T04: refuses %s', async (_, claims) => {
    expect(await reason(await ci.token({ claims: { ...good, ...claims } }))).toMatch(/^(claims|expired)$/)
  })

  it('refuses what has expired', async () => {
    const claims = { ...good, iat: now() - 7200, exp: now() - 3600 }
    expect(await reason(await ci.token({ claims }))).toBe('expired')
  })

  it('T05: takes only what was made for this organization', async () => {
    const other = await addOrganization(`other-${Date.now()}`, { admin: bob })
    await addEnvironment(other, 'shop/prod')
    const theirs = await registerIssuer(bob.actor, { organization: other.name, name: 'CI', url: ci.issuer })
    const allow = { decision: 'allow', tokenType: 'organization', rules: { sub: '*' } }
    await setPolicies(bob.actor, { organization: other.name, id: theirs.id, policies: [allow] })
    const ours = await ci.token({ claims: { ...good, sub: 'repo:acme/site' } })
    const theirAudience = `urn:pulumi:org:${other.name}`
    expect(await reason(ours, { audience: theirAudience })).toBe('no_policy_matched')
    expect(await reason(await ci.token({ claims: { ...good, aud: 'sts.amazonaws.com' } }))).toBe(
      'no_policy_matched',
    )
    const made = await ci.token({ claims: { ...good, aud: theirAudience } })
    const { actor } = await granted(made, { audience: theirAudience })
    expect([await levelOf(actor, other.name), await levelOf(actor)]).toEqual(['write', 'none'])
    // The twin: an administrator who names another audience in a policy has decided so.
    await policies([
      {
        decision: 'allow',
        tokenType: 'organization',
        rules: { aud: 'sts.amazonaws.com', sub: 'repo:acme/*' },
      },
    ])
    await granted(await ci.token({ claims: { ...good, aud: 'sts.amazonaws.com' } }))
  })

  it('T09: trades a token again while it is good, each time for a token and a record of its own', async () => {
    const token = await ci.token({ claims: good })
    const [one, two] = [await granted(token), await granted(token)]
    expect(one.actor.credential.id).not.toBe(two.actor.credential.id)
    const records = await database().auditEvent.findMany({
      where: { organizationId: acme.id, event: 'organization-token-created-for-oidc-issuer' },
      orderBy: { sequence: 'desc' },
      take: 2,
    })
    const ids = records.map(({ data }) => JSON.parse(JSON.stringify(data)).tokenId)
    expect(ids).toEqual([two.actor.credential.id, one.actor.credential.id])
    const late = await ci.token({ claims: { ...good, iat: now() - 7200, exp: now() - 3600 } })
    expect(await reason(late)).toBe('expired')
  })

  it('T06: takes only the subjects that the policy means', async () => {
    for (const sub of ['repo:acme-evil/x', 'repo:acme', 'xrepo:acme/x', 'repo:acme\\/x', '*']) {
      expect(await reason(await ci.token({ claims: { ...good, sub } }))).toBe('no_policy_matched')
    }
  })

  it('lets deny beat allow, in every order', async () => {
    const allow = { id: 'a', decision: 'allow', tokenType: 'organization', rules: { sub: 'repo:acme/*' } }
    const deny = { id: 'd', decision: 'deny', tokenType: 'organization', rules: { sub: '*refs/heads/main' } }
    const token = await ci.token({ claims: good })
    for (const order of [
      [allow, deny],
      [deny, allow],
    ]) {
      await policies(order)
      expect(await reason(token)).toBe('denied_by_policy:d')
      await granted(await ci.token({ claims: { ...good, sub: 'repo:acme/site:other' } }))
    }
    await policies([])
    expect(await reason(token)).toBe('no_policy_matched')
  })

  it('gives administration only when asked for and allowed', async () => {
    const token = await ci.token({ claims: good })
    expect(await reason(token, { scope: 'admin' })).toBe('no_policy_matched')
    await policies([
      {
        decision: 'allow',
        tokenType: 'organization',
        authorizedPermissions: ['admin'],
        rules: { sub: 'repo:acme/*' },
      },
    ])
    expect(await levelOf((await granted(token, { scope: 'admin' })).actor)).toBe('admin')
    expect(await levelOf((await granted(token)).actor)).toBe('write')
  })

  it('T20: gives no team, person or kind other than the policy’s', async () => {
    const token = await ci.token({ claims: good })
    await createTeam(admin.actor, { organization, name: `team-${Date.now()}` })
    for (const [requested_token_type, scope] of [
      [types.team, 'team:other'],
      [types.personal, 'user:admin-person'],
      [types.personal, 'team:ops'],
      [types.team, ''],
      [types.organization, 'user:bob'],
      ['urn:pulumi:token-type:access_token:runner', 'runner:x'],
      ['urn:ietf:params:oauth:token-type:access_token', ''],
    ] as const) {
      expect(await reason(token, { requested_token_type, scope })).not.toBe('granted')
    }
  })

  it('A01: gives nothing of another organization, whatever is named alike there', async () => {
    const other = await addOrganization(`namesakes-${Date.now()}`, { admin: bob })
    const outsider = await addPerson(`outsider-${Date.now()}`)
    await addMember(other, outsider, 'member')
    const name = `both-${Date.now()}`
    for (const who of [admin, bob]) {
      await createTeam(who.actor, { organization: who === bob ? other.name : organization, name })
    }
    const theirRole = await createRole(bob.actor, {
      organization: other.name,
      name,
      organizationScopes: [],
      rules: [],
    })
    const rules = { sub: 'repo:acme/*' }
    await policies([
      { decision: 'allow', tokenType: 'team', teamName: name, rules },
      { decision: 'allow', tokenType: 'personal', userLogin: outsider.login, rules },
    ])
    const token = await ci.token({ claims: good })
    const asTeam = { requested_token_type: types.team, scope: `team:${name}` }
    const asPerson = { requested_token_type: types.personal, scope: `user:${outsider.login}` }
    await granted(token, asTeam)
    expect(await reason(token, asPerson)).toBe('subject_unknown')
    await deleteTeam(admin.actor, { organization, team: name })
    expect(await reason(token, asTeam)).toBe('subject_unknown')
    const borrowed = { id: 'b', decision: 'allow', tokenType: 'organization', roleId: theirRole.id, rules }
    await database().oidcIssuer.update({
      where: { id: issuer.id },
      data: {
        policies: [borrowed, { id: 't', decision: 'allow', tokenType: 'team', teamName: name, rules }],
      },
    })
    expect(await reason(token)).toBe('subject_unknown')
    // What gives nothing any more keeps nobody from changing the issuer.
    await updateIssuer(admin.actor, { organization, id: issuer.id, name: 'CI' })
    await addMember(acme, outsider, 'member')
    await policies([{ decision: 'allow', tokenType: 'personal', userLogin: outsider.login, rules }])
    await granted(token, asPerson)
  })

  it('acts for a person in this organization only', async () => {
    const other = await addOrganization(`elsewhere-${Date.now()}`, { admin: bob })
    await addEnvironment(other, 'shop/prod')
    const token = await ci.token({ claims: good })
    const { actor } = await granted(token, { requested_token_type: types.personal, scope: 'user:bob' })
    expect(await levelOf(bob.actor, other.name)).toBe('admin')
    expect([await levelOf(actor), await levelOf(actor, other.name)]).toEqual(['write', 'none'])
    expect((await viewer(actor)).organizations.map(({ name }) => name)).toEqual([organization])
    expect((await refusal(createAccessToken(actor, { description: 'escape' }))).code).toBe('forbidden')
  })

  it('is not bound by the organization’s longest lifetime of tokens', async () => {
    const { actor } = await granted(await ci.token({ claims: good }), { expiration: '90000' })
    await changeSettings(admin.actor, { organization, maxTokenLifetimeDays: 1 })
    expect(await levelOf(actor)).toBe('write')
    await changeSettings(admin.actor, { organization, maxTokenLifetimeDays: null })
  })

  it('tells an unknown organization from an unknown issuer to nobody', async () => {
    const token = await ci.token({ claims: good })
    const foreign = await startTestIssuer()
    const results = [
      await trade(token, { audience: 'urn:pulumi:org:no-such' }),
      await trade(token, { audience: 'acme' }),
      await trade(await foreign.token({ claims: good })),
      await trade('no.token.atall'),
    ]
    await foreign.stop()
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1)
    expect(results[0]).toMatchObject({ granted: false, error: 'invalid_grant', reason: 'issuer_unknown' })
  })

  it('is on record, and so are refusals, without the token', async () => {
    const token = await ci.token({ claims: good })
    await granted(token)
    await reason(await ci.token({ claims: { ...good, sub: 'repo:evil/x' } }))
    const events = await database().auditEvent.findMany({
      where: { organizationId: acme.id },
      orderBy: { sequence: 'desc' },
      take: 2,
    })
    expect(events.map(({ event }) => event)).toEqual([
      'oidc-issuer-validation-failed',
      'organization-token-created-for-oidc-issuer',
    ])
    expect(JSON.stringify(events)).not.toContain(token.split('.')[1])
  })

  it('shows which policy decides, and why not', async () => {
    const token = await ci.token({ claims: { ...good, sub: 'repo:evil/x' } })
    const wanted = { tokenType: 'organization', admin: false } as const
    const decision = await testPolicies(admin.actor, { organization, id: issuer.id, token, wanted })
    expect(decision).toMatchObject({ allowed: false, reason: 'no_policy_matched' })
    expect(decision.trace[0]).toEqual({
      policyId: 'main',
      decision: 'allow',
      applies: true,
      unmatched: ['sub'],
    })
    const asBob = testPolicies(bob.actor, { organization, id: issuer.id, token, wanted })
    expect((await refusal(asBob)).code).toBe('forbidden')
  })

  describe('issuers', () => {
    const register = (url: string, over: object = {}, actor = admin.actor) =>
      registerIssuer(actor, { organization, name: `issuer ${url}`, url, ...over })

    it('T07: are not registered under an address that could be mistaken', async () => {
      for (const url of [`${ci.issuer}/`, ci.issuer]) {
        expect((await refusal(register(url))).code).toMatch(/conflict|invalid/)
      }
      const liar = await startTestIssuer()
      liar.published.discovery.body = { issuer: ci.issuer, jwks_uri: `${liar.issuer}/jwks` }
      expect((await refusal(register(liar.issuer))).details.field).toBe('url')
      await liar.stop()
    })

    it('T08: are asked for their keys once more for unknown ones, not once for each', async () => {
      const counted = await startTestIssuer()
      const made = await register(counted.issuer)
      const allow = { decision: 'allow', tokenType: 'organization', rules: { sub: '*' } }
      await setPolicies(admin.actor, { organization, id: made.id, policies: [allow] })
      const { body } = counted.published.jwks
      let asked = 0
      counted.published.jwks = {
        status: 200,
        get body() {
          asked++
          return body
        },
      }
      await granted(await counted.token({ claims: good }))
      for (let at = 0; at < 10; at++) {
        const unknown = await counted.token({ claims: good, header: { kid: `unknown-${at}` } })
        expect(await reason(unknown)).toBe('signature')
      }
      expect(asked).toBe(1)
      await granted(await counted.token({ claims: good }))
      await deleteIssuer(admin.actor, { organization, id: made.id })
      await counted.stop()
    })

    it('T08: that do not answer are asked once in a while, and anew when they are changed', async () => {
      const silent = await startTestIssuer()
      const made = await register(silent.issuer)
      const allow = { decision: 'allow', tokenType: 'organization', rules: { sub: '*' } }
      await setPolicies(admin.actor, { organization, id: made.id, policies: [allow] })
      const { body } = silent.published.discovery
      let asked = 0
      const answering = (status: number) => {
        silent.published.discovery = {
          status,
          get body() {
            asked++
            return body
          },
        }
      }
      answering(503)
      const token = await silent.token({ claims: good })
      const together = await Promise.all([reason(token), reason(token), reason(token)])
      for (let at = 0; at < 5; at++) together.push(await reason(token))
      expect(new Set(together)).toEqual(new Set(['issuer_unreachable']))
      expect(asked).toBe(1)
      // Nobody else waits for it.
      await granted(await ci.token({ claims: good }))
      answering(200)
      expect(await reason(token)).toBe('issuer_unreachable')
      const thumbprints = ['ab'.repeat(32)]
      await updateIssuer(admin.actor, { organization, id: made.id, name: made.name, thumbprints })
      await granted(token)
      expect(asked).toBe(2)
      await deleteIssuer(admin.actor, { organization, id: made.id })
      await silent.stop()
    })

    it('T08: with hostile key sets trade nothing', async () => {
      const hostile = await startTestIssuer()
      const made = await register(hostile.issuer)
      const allow = { decision: 'allow', tokenType: 'organization', rules: { sub: '*' } }
      await setPolicies(admin.actor, { organization, id: made.id, policies: [allow] })
      const { body } = hostile.published.jwks
      const [key] = (body as { keys: object[] }).keys
      const weak = await weakKey()
      for (const keys of [
        'x'.repeat(50_000_000),
        { keys: Array.from({ length: 10_000 }, (_, at) => ({ ...key, kid: `k${at}` })) },
        { keys: 'none' },
        { keys: [{ kty: 'oct', k: 'AAAA' }] },
        { keys: [weak] },
        [],
      ]) {
        hostile.published.jwks.body = keys
        await forgetKeys()
        expect(await reason(await hostile.token({ claims: good }))).toMatch(
          /^(signature|issuer_unreachable)$/,
        )
      }
      hostile.published.jwks.body = body
      await forgetKeys()
      await granted(await hostile.token({ claims: good }))
      await deleteIssuer(admin.actor, { organization, id: made.id })
      await hostile.stop()
    })

    it('T16: end with everything that was traded for their tokens', async () => {
      const shortLived = await startTestIssuer()
      const made = await register(shortLived.issuer)
      const allow = { decision: 'allow', tokenType: 'organization', rules: { sub: '*' } }
      await setPolicies(admin.actor, { organization, id: made.id, policies: [allow] })
      const token = await shortLived.token({ claims: good })
      const { accessToken } = await granted(token)
      await deleteIssuer(admin.actor, { organization, id: made.id })
      expect(await actorFromToken(accessToken, origin)).toBeUndefined()
      expect(await reason(token)).toBe('issuer_unknown')
      await shortLived.stop()
    })

    it('may be given their keys by hand', async () => {
      const url = 'https://unreachable.example.com'
      const { jwks } = ci.published
      const made = await register(url, { jwks: jwks.body })
      expect(made.hasKeysByHand).toBe(true)
      const allow = { decision: 'allow', tokenType: 'organization', rules: { sub: '*' } }
      await setPolicies(admin.actor, { organization, id: made.id, policies: [allow] })
      await granted(await ci.token({ claims: { ...good, iss: url } }))
      expect(await reason(await ci.token({ claims: { ...good, iss: url }, signedBy: 'forged' }))).toBe(
        'signature',
      )
    })

    it('are managed by administrators, and policies give no more than their author has', async () => {
      expect((await refusal(register('https://x.example.com', {}, bob.actor))).code).toBe('forbidden')
      const change = setPolicies(bob.actor, { organization, id: issuer.id, policies: [] })
      expect((await refusal(change)).code).toBe('forbidden')
      const malformed = setPolicies(admin.actor, {
        organization,
        id: issuer.id,
        policies: [{ decision: 'maybe' }],
      })
      expect((await refusal(malformed)).details.field).toBe('policies')
      const stale = setPolicies(admin.actor, { organization, id: issuer.id, policies: [], version: 1 })
      expect((await refusal(stale)).code).toBe('conflict')
      const lax = await policies([{ decision: 'allow', tokenType: 'organization', rules: {} }])
      expect(lax.warnings).toHaveLength(1)
    })

    it.each([
      ['thumbprints', { thumbprints: ['ab'.repeat(20)] }],
      ['maxExpirationSeconds', { maxExpirationSeconds: 90_001 }],
      ['jwks', { jwks: { keys: [] } }],
      ['name', { name: '' }],
    ])('name the field at fault: %s', async (field, over) => {
      expect((await refusal(register('https://y.example.com', over))).details.field).toBe(field)
    })
  })
})

const now = () => Math.floor(Date.now() / 1000)

/** Keys are cached for minutes; a test cannot wait. */
async function forgetKeys(): Promise<void> {
  const cache: unknown = Reflect.get(globalThis, Symbol.for('openesc.issuer-keys'))
  if (cache instanceof Map) cache.clear()
}

/** A 512-bit key, as old key sets have them. */
async function weakKey(): Promise<object> {
  const { generateKeyPairSync } = await import('node:crypto')
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 512 })
  const jwk = publicKey.export({ format: 'jwk' })
  await importJWK(jwk, 'RS256').catch(() => undefined)
  return { ...jwk, kid: 'test-key', alg: 'RS256', use: 'sig' }
}
