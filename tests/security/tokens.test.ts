import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { finishCliLogin, startCliLogin } from '@/lib/access/cli-login'
import { actorFromSession } from '@/lib/access/sessions'
import { withPulumiPrefix } from '@/lib/access/token-value'
import { actorFromToken, createAccessToken, listAccessTokens, revokeAccessToken } from '@/lib/access/tokens'
import { database } from '@/lib/db'
import { isFailure } from '@/lib/failure'
import { describeOnEachDatabase } from '../support/each-database'
import { refusal } from '../support/failures'
import { addPerson, type TestPerson } from '../support/installation'

const origin = { address: '198.51.100.7', requestId: 'request-1' }
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

describeOnEachDatabase('personal access tokens', () => {
  let alice: TestPerson
  let mallory: TestPerson

  beforeAll(async () => {
    alice = await addPerson('alice')
    mallory = await addPerson('mallory')
  })

  const make = (expiresAt?: string) =>
    createAccessToken(alice.actor, { description: 'ci', ...(expiresAt !== undefined && { expiresAt }) })

  async function actorOf(value: string): Promise<Actor> {
    const actor = await actorFromToken(value, origin)
    if (!actor) throw new Error('the token is not accepted')
    return actor
  }

  it('act for their owner, under both prefixes', async () => {
    const { id, tokenValue } = await make()
    for (const value of [tokenValue, withPulumiPrefix(tokenValue)]) {
      expect(await actorOf(value)).toEqual({
        principal: { kind: 'person', id: alice.id, login: 'alice', name: 'Name of alice' },
        credential: { kind: 'personal', id, name: 'ci' },
        ...origin,
      })
    }
  })

  it('are kept as a hash only', async () => {
    const { id, tokenValue } = await make()
    const row = await database().accessToken.findUniqueOrThrow({ where: { id } })
    const stored = JSON.stringify({ ...row, hash: Buffer.from(row.hash).toString('latin1') })
    expect(stored).not.toContain(tokenValue.slice(4, -4))
    expect(row.hint).toBe(tokenValue.slice(-4))
    const audit = await database().auditEvent.findMany()
    expect(JSON.stringify(audit)).not.toContain(tokenValue.slice(4))
  })

  it.each(['', 'esc-', 'pul-', 'esc-unknown', ' ', 'null', "' OR 1=1 --"])('are not %j', async (value) => {
    expect(await actorFromToken(value, origin)).toBeUndefined()
  })

  it('T16, T17: are refused at once and for good when revoked, expired, or when the owner is disabled', async () => {
    const revoked = await make()
    await actorOf(revoked.tokenValue)
    await revokeAccessToken(alice.actor, { id: revoked.id })
    expect(await actorFromToken(revoked.tokenValue, origin)).toBeUndefined()

    const expired = await make(inDays(1))
    await actorOf(expired.tokenValue)
    await database().accessToken.update({
      where: { id: expired.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    })
    expect(await actorFromToken(expired.tokenValue, origin)).toBeUndefined()

    const frank = await addPerson('frank')
    const { tokenValue } = await createAccessToken(frank.actor, { description: 'ci' })
    await actorOf(tokenValue)
    await database().person.update({ where: { id: frank.id }, data: { disabledAt: new Date() } })
    expect(await actorFromToken(tokenValue, origin)).toBeUndefined()
  })

  it('T21: are no sessions, and ids are no tokens', async () => {
    const { id, tokenValue } = await make()
    expect(await actorFromSession(tokenValue, origin)).toBeUndefined()
    expect(await actorFromSession(id, origin)).toBeUndefined()
    expect(await actorFromToken(id, origin)).toBeUndefined()
    expect(await actorFromToken(alice.actor.credential.id, origin)).toBeUndefined()
  })

  it('A19, A01: of others can be neither listed nor revoked', async () => {
    const { id, tokenValue } = await make()
    const { tokens } = await listAccessTokens(mallory.actor, { filter: 'all' })
    expect(tokens).toEqual([])
    const foreign = await refusal(revokeAccessToken(mallory.actor, { id }))
    const unknown = await refusal(revokeAccessToken(mallory.actor, { id: 'unknown' }))
    expect([foreign.code, foreign.message]).toEqual([unknown.code, unknown.message])
    await actorOf(tokenValue)
    expect((await listAccessTokens(alice.actor)).tokens.map((token) => token.id)).toContain(id)
  })

  it('T19: that expire make none that live longer', async () => {
    const actor = await actorOf((await make(inDays(1))).tokenValue)
    const attempt = (expiresAt?: string) =>
      createAccessToken(actor, { description: 'child', ...(expiresAt !== undefined && { expiresAt }) })
    expect((await refusal(attempt())).code).toBe('forbidden')
    expect((await refusal(attempt(inDays(2)))).code).toBe('forbidden')
    await attempt(inDays(0.5))
  })

  it('T20: belong to who makes them, whatever else the input says', async () => {
    const input = { description: 'ci', personId: alice.id, kind: 'organization', organizationId: 'acme' }
    const { tokenValue } = await createAccessToken(mallory.actor, input)
    expect((await actorOf(tokenValue)).principal).toMatchObject({ id: mallory.id })
    const team: Actor = {
      ...alice.actor,
      principal: { kind: 'team', id: 't', name: 'ops', organizationId: 'o' },
      credential: { kind: 'team', id: 'x', name: 'x' },
    }
    expect((await refusal(createAccessToken(team, { description: 'ci' }))).code).toBe('forbidden')
  })

  it.each([
    ['no description', { description: ' ' }, 'description'],
    ['a long description', { description: 'x'.repeat(201) }, 'description'],
    ['the past', { description: 'ci', expiresAt: inDays(-1) }, 'expiresAt'],
    ['three years', { description: 'ci', expiresAt: inDays(3 * 365) }, 'expiresAt'],
    ['no date', { description: 'ci', expiresAt: 'tomorrow' }, 'expiresAt'],
  ])('are not made with %s', async (_, input, field) => {
    const { code, details } = await refusal(createAccessToken(alice.actor, input))
    expect([code, details.field]).toEqual(['invalid', field])
  })

  it('know when they were last used, to the minute', async () => {
    const { id, tokenValue } = await make()
    const lastUsed = async () =>
      (await database().accessToken.findUniqueOrThrow({ where: { id } })).lastUsedAt
    expect(await lastUsed()).toBeNull()
    await actorOf(tokenValue)
    const first = await lastUsed()
    expect(first).not.toBeNull()
    await actorOf(tokenValue)
    expect(await lastUsed()).toEqual(first)
    await database().accessToken.update({
      where: { id },
      data: { lastUsedAt: new Date(Date.now() - 61_000) },
    })
    await actorOf(tokenValue)
    expect((await lastUsed())?.getTime()).toBeGreaterThanOrEqual(first?.getTime() ?? Number.NaN)
  })

  it('are listed in pages, active and expired apart', async () => {
    const judy = await addPerson('judy')
    for (let at = 0; at < 5; at++) await createAccessToken(judy.actor, { description: `token ${at}` })
    const { id } = await createAccessToken(judy.actor, { description: 'old', expiresAt: inDays(1) })
    await database().accessToken.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } })
    const first = await listAccessTokens(judy.actor, { limit: 3 })
    const second = await listAccessTokens(judy.actor, { limit: 3, cursor: first.next ?? '' })
    expect([first.tokens.length, second.tokens.length, second.next]).toEqual([3, 2, undefined])
    expect(new Set([...first.tokens, ...second.tokens].map((token) => token.name)).size).toBe(5)
    const expired = await listAccessTokens(judy.actor, { filter: 'expired' })
    expect(expired.tokens.map(({ name, expired }) => [name, expired])).toEqual([['old', true]])
  })

  describe('by the login of a command line', () => {
    const codeVerifier = 'v'.repeat(43)
    const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url')
    const begin = (actor = alice.actor) =>
      startCliLogin(actor, { codeChallenge, description: 'esc on ada’s laptop' })

    it('are traded for a code once', async () => {
      const code = await begin()
      const { accessToken } = await finishCliLogin({ code, codeVerifier, ...origin })
      expect(await actorOf(accessToken)).toMatchObject({
        principal: { id: alice.id },
        credential: { name: 'esc on ada’s laptop' },
      })
      expect((await refusal(finishCliLogin({ code, codeVerifier, ...origin }))).code).toBe('unauthenticated')
    })

    it('T18: are traded by exactly one of many who come at once', async () => {
      const code = await begin()
      const tries = Array.from({ length: 8 }, () =>
        finishCliLogin({ code, codeVerifier, ...origin }).catch((error: unknown) => error),
      )
      const results = await Promise.all(tries)
      expect(results.filter((result) => isFailure(result))).toHaveLength(7)
    })

    it('T12: are given only to the process that began', async () => {
      const code = await begin()
      const stolen = finishCliLogin({ code, codeVerifier: 'w'.repeat(43), ...origin })
      expect((await refusal(stolen)).code).toBe('unauthenticated')
      // A code that was tried with the wrong verifier is known to somebody else: it is spent.
      expect((await refusal(finishCliLogin({ code, codeVerifier, ...origin }))).code).toBe('unauthenticated')
    })

    it('expire after five minutes', async () => {
      const code = await begin()
      await database().cliLogin.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } })
      expect((await refusal(finishCliLogin({ code, codeVerifier, ...origin }))).code).toBe('unauthenticated')
    })

    it('T21: need a browser session, not another token', async () => {
      const actor = await actorOf((await make()).tokenValue)
      expect((await refusal(begin(actor))).code).toBe('forbidden')
    })

    it('T16: are refused when the person was disabled meanwhile', async () => {
      const kim = await addPerson('kim')
      const code = await begin(kim.actor)
      await database().person.update({ where: { id: kim.id }, data: { disabledAt: new Date() } })
      expect((await refusal(finishCliLogin({ code, codeVerifier, ...origin }))).code).toBe('unauthenticated')
    })

    it.each(['', 'short', 'x'.repeat(44), `${'x'.repeat(42)}=`])(
      'are not begun with challenge %j',
      async (wrong) => {
        const start = startCliLogin(alice.actor, { codeChallenge: wrong, description: 'x' })
        expect((await refusal(start)).details.field).toBe('codeChallenge')
      },
    )
  })
})
