import { beforeAll, describe, expect, it } from 'vitest'
import { operator } from '@/lib/access/actor'
import {
  actorFromSession,
  listSessions,
  revokeSession,
  sessionLimits,
  startSession,
} from '@/lib/access/sessions'
import { changePassword, resetPassword, signIn } from '@/lib/access/signin'
import { actorFromToken } from '@/lib/access/tokens'
import { database } from '@/lib/db'
import { isFailure } from '@/lib/failure'
import { describeOnEachDatabase } from '../support/each-database'
import { refusal } from '../support/failures'
import { addPerson, type TestPerson } from '../support/installation'

const password = 'correct horse battery'
const origin = { address: '198.51.100.7', requestId: 'request-1' }

describeOnEachDatabase('signing in', () => {
  let alice: TestPerson

  beforeAll(async () => {
    alice = await addPerson('alice', { password })
  })

  const signInAs = (login: string, typed = password, address = origin.address) =>
    signIn({ login, password: typed, userAgent: 'test', ...origin, address })

  it.each(['alice', 'ALICE', ' alice ', 'alice@example.com', 'ａｌｉｃｅ'])('works as %j', async (login) => {
    const { personId, sessionId } = await signInAs(login)
    expect(personId).toBe(alice.id)
    expect(await actorFromSession(sessionId, origin)).toMatchObject({
      principal: { kind: 'person', id: alice.id, login: 'alice' },
      credential: { kind: 'session', id: sessionId },
      ...origin,
    })
  })

  it('is refused in the same words for a wrong password and for nobody', async () => {
    const wrong = await refusal(signInAs('alice', 'wrong horse battery'))
    const nobody = await refusal(signInAs('nobody-here', password))
    expect(wrong.code).toBe('unauthenticated')
    expect([nobody.code, nobody.message]).toEqual([wrong.code, wrong.message])
  })

  it('is recorded, also when it fails', async () => {
    await signInAs('alice')
    await refusal(signInAs('alice', 'wrong horse battery'))
    const events = await database().auditEvent.findMany({
      where: { actorId: alice.id },
      orderBy: { sequence: 'desc' },
      take: 2,
    })
    expect(events.map(({ event, address }) => [event, address])).toEqual([
      ['user-login-failed', origin.address],
      ['user-login', origin.address],
    ])
  })

  it('T24: counts every spelling, address and both names of a person as one', async () => {
    const bob = await addPerson('bob-locked', { password })
    const spellings = ['bob-locked', 'BOB-locked', ' bob-locked', 'ｂob-locked', bob.email]
    for (let at = 0; at < 10; at++) {
      const login = spellings[at % spellings.length] ?? ''
      expect((await refusal(signInAs(login, 'wrong horse', `203.0.113.${at}`))).code).toBe('unauthenticated')
    }
    const locked = await refusal(signInAs('bob-locked', password, '203.0.113.99'))
    expect(locked.code).toBe('locked_out')
    expect(locked.details.retryAfterSeconds).toBeGreaterThan(800)
    // The twin: nobody else is locked, and the operator can help.
    await signInAs('alice', password, '203.0.113.99')
    await resetPassword(operator, { login: 'bob-locked', password: 'another horse battery' })
    await signInAs('bob-locked', 'another horse battery')
  })

  it('T24: evaluates no more guesses than allowed when they come at once', async () => {
    await addPerson('carol', { password })
    const guesses = Array.from({ length: 30 }, () =>
      signInAs('carol', 'wrong horse', '203.0.113.5').catch((error: unknown) => error),
    )
    const codes = (await Promise.all(guesses)).map((error) => isFailure(error) && error.code)
    expect(codes.filter((code) => code === 'unauthenticated')).toHaveLength(10)
    expect(codes.filter((code) => code === 'locked_out')).toHaveLength(20)
  })

  it('T24: locks out a name that nobody has, too', async () => {
    for (let at = 0; at < 10; at++) await refusal(signInAs('ghost', password, '203.0.113.6'))
    expect((await refusal(signInAs('ghost', password, '203.0.113.6'))).code).toBe('locked_out')
  })

  it('T24: ends when its time is over', async () => {
    await addPerson('dave', { password })
    for (let at = 0; at < 10; at++) await refusal(signInAs('dave', 'wrong horse', '203.0.113.7'))
    expect((await refusal(signInAs('dave', password, '203.0.113.7'))).code).toBe('locked_out')
    await database().rateLimit.updateMany({
      where: { lockedUntil: { not: null } },
      data: { lockedUntil: new Date(Date.now() - 1000) },
    })
    await signInAs('dave', password, '203.0.113.7')
  })

  it('hashes a password again that was hashed with older parameters', async () => {
    const erin = await addPerson('erin', { password })
    await signInAs('erin')
    const { passwordHash } = await database().person.findUniqueOrThrow({ where: { id: erin.id } })
    expect(passwordHash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/)
    await signInAs('erin')
  })

  describe('sessions', () => {
    it('W08: have a new id at every sign-in', async () => {
      expect((await signInAs('alice')).sessionId).not.toBe((await signInAs('alice')).sessionId)
    })

    it('W08: end at the next request once they are revoked', async () => {
      const { sessionId } = await signInAs('alice')
      const actor = await actorFromSession(sessionId, origin)
      expect(actor).toBeDefined()
      if (actor) await revokeSession(actor, { id: sessionId })
      expect(await actorFromSession(sessionId, origin)).toBeUndefined()
    })

    it('T16: end at the next request once the person is disabled', async () => {
      const frank = await addPerson('frank')
      const id = await startSession(frank.id, { userAgent: '', address: '' })
      expect(await actorFromSession(id, origin)).toBeDefined()
      await database().person.update({ where: { id: frank.id }, data: { disabledAt: new Date() } })
      expect(await actorFromSession(id, origin)).toBeUndefined()
    })

    it('T16: are not begun for a disabled person who knows the password', async () => {
      const grace = await addPerson('grace', { password })
      await signInAs('grace')
      await database().person.update({ where: { id: grace.id }, data: { disabledAt: new Date() } })
      expect((await refusal(signInAs('grace'))).code).toBe('unauthenticated')
    })

    it('end without use and after a week', async () => {
      const { sessionId } = await signInAs('alice')
      const age = (data: { lastSeenAt?: Date; expiresAt?: Date }) =>
        database().webSession.update({ where: { id: sessionId }, data })
      await age({ lastSeenAt: new Date(Date.now() - sessionLimits.idleSeconds * 1000 + 60_000) })
      expect(await actorFromSession(sessionId, origin)).toBeDefined()
      await age({ lastSeenAt: new Date(Date.now() - sessionLimits.idleSeconds * 1000 - 1000) })
      expect(await actorFromSession(sessionId, origin)).toBeUndefined()
      await age({ lastSeenAt: new Date(), expiresAt: new Date(Date.now() - 1) })
      expect(await actorFromSession(sessionId, origin)).toBeUndefined()
    })

    it('A19: of others can be neither seen nor ended', async () => {
      const mallory = await addPerson('mallory')
      const { sessionId } = await signInAs('alice')
      expect((await listSessions(mallory.actor)).map(({ id }) => id)).not.toContain(sessionId)
      expect((await refusal(revokeSession(mallory.actor, { id: sessionId }))).code).toBe('not_found')
      expect(await actorFromSession(sessionId, origin)).toBeDefined()
      expect((await listSessions(alice.actor)).map(({ id }) => id)).toContain(sessionId)
    })

    it('T21: are no tokens', async () => {
      const { sessionId } = await signInAs('alice')
      expect(await actorFromToken(sessionId, origin)).toBeUndefined()
      expect(await actorFromSession('', origin)).toBeUndefined()
    })
  })

  describe('changing the password', () => {
    it('W08: ends all other sessions', async () => {
      const heidi = await addPerson('heidi', { password })
      const [here, there] = [await signInAs('heidi'), await signInAs('heidi')]
      const actor = await actorFromSession(here.sessionId, origin)
      if (!actor) throw new Error('no session')
      const change = { currentPassword: password, newPassword: 'another horse battery' }
      await changePassword(actor, change)
      expect(await actorFromSession(here.sessionId, origin)).toBeDefined()
      expect(await actorFromSession(there.sessionId, origin)).toBeUndefined()
      expect((await refusal(signInAs('heidi', password))).code).toBe('unauthenticated')
      expect((await signInAs('heidi', 'another horse battery')).personId).toBe(heidi.id)
    })

    it('needs the current one, counts guesses at it, and a good new one', async () => {
      const ivan = await addPerson('ivan', { password })
      const change = (currentPassword: string, newPassword: string) =>
        refusal(changePassword(ivan.actor, { currentPassword, newPassword }))
      expect((await change('wrong horse', 'another horse battery')).details.field).toBe('currentPassword')
      expect((await change(password, 'short')).details.field).toBe('newPassword')
      for (let at = 0; at < 10; at++) await change('wrong horse', 'another horse battery')
      expect((await change(password, 'another horse battery')).code).toBe('locked_out')
    })

    it('cannot be done with a token, and not for others', async () => {
      const token = { ...alice.actor, credential: { kind: 'personal' as const, id: 'x', name: 'ci' } }
      const change = { currentPassword: password, newPassword: 'another horse battery' }
      expect((await refusal(changePassword(token, change))).code).toBe('forbidden')
      const reset = resetPassword(alice.actor, { login: 'heidi', password: 'another horse battery' })
      expect((await refusal(reset)).code).toBe('forbidden')
    })
  })
})
