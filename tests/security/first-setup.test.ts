import { beforeEach, describe, expect, it } from 'vitest'
import { signIn } from '@/lib/access/signin'
import { actorFromToken } from '@/lib/access/tokens'
import { verifyChain } from '@/lib/audit'
import { database } from '@/lib/db'
import { isFailure } from '@/lib/failure'
import { bootstrap, needsSetup, setUp } from '@/lib/organizations/setup'
import { viewer } from '@/lib/organizations/viewer'
import { issueSetupCode } from '@/lib/secrets'
import { describeOnEachDatabase } from '../support/each-database'
import { refusal } from '../support/failures'

const origin = { address: '198.51.100.7', requestId: 'request-1' }
const form = {
  login: 'ada',
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  password: 'correct horse battery',
  organization: 'Acme',
}
const configured = {
  firstSetup: {
    email: 'grace.hopper@example.com',
    password: 'correct horse battery',
    organization: 'navy',
    token: `pul-${'0f'.repeat(20)}`,
  },
}

describeOnEachDatabase('the first set-up', () => {
  beforeEach(async () => {
    await database().$executeRaw`TRUNCATE "Person", "Organization", "RateLimit" CASCADE`
  })

  it('makes the person, both organizations, their keys and their records', async () => {
    expect(await needsSetup()).toBe(true)
    await setUp({ ...form, code: await issueSetupCode() })
    expect(await needsSetup()).toBe(false)
    const signedIn = await signIn({ ...form, ...origin, userAgent: '' })
    const actor = {
      principal: { kind: 'person' as const, id: signedIn.personId, login: 'ada', name: 'Ada Lovelace' },
      credential: { kind: 'session' as const, id: signedIn.sessionId, name: 'session' },
      ...origin,
    }
    expect(await viewer(actor)).toEqual({
      id: signedIn.personId,
      login: 'ada',
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      organizations: [
        { name: 'ada', displayName: '', kind: 'individual', role: 'admin' },
        { name: 'Acme', displayName: '', kind: 'shared', role: 'admin' },
      ],
      defaultOrganization: 'Acme',
    })
    const organizations = await database().organization.findMany({ include: { keys: true } })
    expect(organizations.map(({ keys }) => keys.length)).toEqual([1, 1])
    for (const { id } of organizations) expect(await verifyChain(id)).toMatchObject({ intact: true })
  })

  it('takes the code however it is typed, once', async () => {
    const code = await issueSetupCode()
    await setUp({ ...form, code: ` ${code.toLowerCase().replaceAll('-', ' ')} ` })
    const again = { ...form, code, login: 'bob', email: 'bob@example.com', organization: 'Other' }
    expect((await refusal(setUp(again))).code).toBe('conflict')
  })

  it('I01: is refused without the code', async () => {
    const stale = await issueSetupCode()
    await issueSetupCode()
    for (const code of ['', 'AAAA-AAAA-AAAA-AAAA', stale]) {
      const { code: failure, details } = await refusal(setUp({ ...form, code }))
      expect([failure, details.field]).toEqual(['forbidden', 'code'])
    }
    expect(await needsSetup()).toBe(true)
  })

  it('limits guesses at the code', async () => {
    const code = await issueSetupCode()
    for (let at = 0; at < 20; at++)
      await refusal(setUp({ ...form, login: 'x', code: 'wrong', address: '203.0.113.1' }))
    expect((await refusal(setUp({ ...form, code, address: '203.0.113.1' }))).code).toBe('locked_out')
    await setUp({ ...form, code, address: '203.0.113.2' })
  })

  it('has one winner of two who come at once', async () => {
    const code = await issueSetupCode()
    const tries = ['ada', 'eve'].map((login) =>
      setUp({ ...form, code, login, email: `${login}@example.com`, organization: `${login}-corp` }).catch(
        (error: unknown) => error,
      ),
    )
    const refused = (await Promise.all(tries)).filter(isFailure)
    expect(refused.map(({ code: failure }) => failure)).toEqual(['conflict'])
    expect(await database().person.count()).toBe(1)
    expect(await database().organization.count()).toBe(2)
  })

  it.each([
    ['login', { login: 'a b' }],
    ['login', { login: 'api' }],
    ['name', { name: '  ' }],
    ['email', { email: 'ada' }],
    ['password', { password: 'short' }],
    ['password', { password: 'ada@example.com' }],
    ['organization', { organization: 'a.b' }],
    ['organization', { organization: 'ADA' }],
  ])('names the field at fault: %s', async (field, wrong) => {
    const { code, details } = await refusal(setUp({ ...form, ...wrong, code: await issueSetupCode() }))
    expect([code, details.field]).toEqual(['invalid', field])
    expect(await needsSetup()).toBe(true)
  })

  describe('from the configuration', () => {
    it('makes the same, and the token', async () => {
      const { personId } = (await bootstrap(configured)) ?? {}
      expect(await actorFromToken(configured.firstSetup.token, origin)).toMatchObject({
        principal: { id: personId, login: 'grace-hopper' },
        credential: { kind: 'personal' },
      })
      const { email: login, password } = configured.firstSetup
      expect((await signIn({ login, password, ...origin, userAgent: '' })).personId).toBe(personId)
    })

    it('is ignored without variables and once anyone exists', async () => {
      expect(await bootstrap({ firstSetup: undefined })).toBeUndefined()
      await bootstrap(configured)
      expect(await bootstrap(configured)).toBeUndefined()
      expect(await database().person.count()).toBe(1)
    })

    it('happens once when several processes start at once', async () => {
      const results = await Promise.all([bootstrap(configured), bootstrap(configured), bootstrap(configured)])
      expect(results.filter((result) => result !== undefined)).toHaveLength(1)
    })

    it.each([
      ['acme@example.com', 'acme', 'acme-admin'],
      ['x@example.com', 'acme', 'x-admin'],
      ['a+b.c@example.com', 'acme', 'a-b-c'],
    ])('finds a login for %s in %s: %s', async (email, organization, login) => {
      await bootstrap({ firstSetup: { ...configured.firstSetup, email, organization } })
      expect((await database().person.findFirstOrThrow()).login).toBe(login)
    })

    it('I01: refuses a weak password by name of the rule', async () => {
      const weak = bootstrap({ firstSetup: { ...configured.firstSetup, password: 'aaaaaaaaaaaaaaaa' } })
      await expect(weak).rejects.toMatchObject({ name: 'StartupError', code: 'config_invalid' })
      await expect(weak).rejects.not.toThrow('aaaa')
    })
  })
})
