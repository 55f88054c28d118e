import { beforeAll, describe, expect, it } from 'vitest'
import { requireEnvironment } from '@/lib/access/require'
import { actorFromSession } from '@/lib/access/sessions'
import { database } from '@/lib/db'
import { invite } from '@/lib/organizations/invitations'
import { type Claims, claimsSchema, signInByIdentity } from '@/lib/organizations/single-sign-on'
import { createTeam, setTeamGroups } from '@/lib/organizations/teams'
import { describeOnEachDatabase } from '../support/each-database'
import { refusal } from '../support/failures'
import { addEnvironment, addOrganization, addPerson, type TestPerson } from '../support/installation'

const iss = 'https://login.example.com'
const from = { address: '198.51.100.7', requestId: 'request-1', userAgent: 'test' }
const organization = 'acme'

describeOnEachDatabase('identities of single sign-on', () => {
  let admin: TestPerson

  beforeAll(async () => {
    admin = await addPerson('admin-person')
    const acme = await addOrganization(organization, { admin, defaultPermission: 'read' })
    await addEnvironment(acme, 'shop/prod')
    await createTeam(admin.actor, { organization, name: 'ops' })
    await setTeamGroups(admin.actor, { organization, team: 'ops', groups: [{ issuer: iss, group: 'sre' }] })
  })

  const signIn = (claims: Partial<Claims>, over: object = {}) =>
    signInByIdentity({ iss, sub: 'sub-1', ...claims }, { ...from, ...over })

  const verified = (email: string) => ({ email, email_verified: true })

  const why = async (claims: Partial<Claims>) => (await refusal(signIn(claims))).details.field

  async function seesProd(sessionId: string): Promise<boolean> {
    const actor = await actorFromSession(sessionId, from)
    if (!actor) return false
    const reference = { organization, project: 'shop', name: 'prod', scope: 'environment:read' } as const
    return requireEnvironment(database(), actor, reference).then(
      () => true,
      () => false,
    )
  }

  it('T15: are not linked by an address that the provider has not verified', async () => {
    const victim = await addPerson('victim')
    await database().person.update({ where: { id: victim.id }, data: { emailVerifiedAt: new Date() } })
    for (const claims of [
      { email: victim.email },
      { email: victim.email, email_verified: false },
      { email: victim.email.toUpperCase(), email_verified: false },
    ]) {
      expect(await why({ sub: 'attacker', ...claims })).toBe('not_invited')
    }
    expect(claimsSchema.safeParse({ iss, sub: 'x', email_verified: 'true' }).success).toBe(false)
    // The twin: verified on both sides, in whatever case.
    const linked = await signIn({ sub: 'owner', ...verified(victim.email.toUpperCase()) })
    expect(linked.personId).toBe(victim.id)
  })

  it('T15: are not linked to an account whose own address nobody verified, but by its owner', async () => {
    const squatter = await addPerson('squatter')
    expect(await why({ sub: 'real-owner', ...verified(squatter.email) })).toBe('link_required')
    const other = await refusal(
      signIn({ sub: 'real-owner', ...verified(squatter.email) }, { signedInAs: admin.id }),
    )
    expect(other.details.field).toBe('link_required')
    const linked = await signIn(
      { sub: 'real-owner', ...verified(squatter.email) },
      { signedInAs: squatter.id },
    )
    expect(linked.personId).toBe(squatter.id)
    expect((await signIn({ sub: 'real-owner' })).personId).toBe(squatter.id)
  })

  it('T15: are not linked when another provider claims the address, but by its owner', async () => {
    const claims = { sub: 'first', groups: ['sre'], ...verified('two-providers@example.com') }
    const { personId } = await signIn(claims)
    const rival = { ...claims, iss: 'https://rival.example.com', sub: 'rival' }
    expect(await why(rival)).toBe('link_required')
    expect(await why({ ...claims, sub: 'second' })).toBe('link_required')
    expect((await refusal(signIn(rival, { signedInAs: admin.id }))).details.field).toBe('link_required')
    expect((await signIn(rival, { signedInAs: personId })).personId).toBe(personId)
    expect((await signIn({ iss: rival.iss, sub: 'rival' })).personId).toBe(personId)
    expect((await signIn(claims)).personId).toBe(personId)
  })

  it('T15: are issuer and subject: the same subject elsewhere, or a new address, is nobody else', async () => {
    const person = await addPerson('known')
    await database().externalIdentity.create({
      data: { personId: person.id, issuer: iss, subject: 'known-1' },
    })
    expect((await signIn({ sub: 'known-1' })).personId).toBe(person.id)
    expect((await signIn({ sub: 'known-1', ...verified('admin-person@example.com') })).personId).toBe(
      person.id,
    )
    expect(await why({ iss: 'https://other.example.com', sub: 'known-1' })).toBe('not_invited')
    expect(await why({ iss: `${iss}/`, sub: 'known-1' })).toBe('not_invited')
    expect(await why({ sub: 'KNOWN-1' })).toBe('not_invited')
  })

  it('of strangers come in only by an invitation or a group', async () => {
    expect(await why({ sub: 'stranger', ...verified('stranger@example.com') })).toBe('not_invited')
    await invite(admin.actor, { organization, role: 'member', email: 'Invited@example.com' })
    const { login } = await signIn({ sub: 'invited', ...verified('invited@example.com') })
    expect(login).toBe('invited')
    expect(await why({ sub: 'grouped', groups: ['sre'], email: 'grouped@example.com' })).toBe('not_invited')
    const grouped = await signIn({ sub: 'grouped', groups: ['sre'], ...verified('grouped@example.com') })
    expect(await seesProd(grouped.sessionId)).toBe(true)
  })

  it('get a login that is free and allowed', async () => {
    const logins = []
    for (const [at, preferred_username] of ['Admin-Person', 'api', 'a', 'ümlaut', '../..'].entries()) {
      const claims = {
        sub: `login-${at}`,
        preferred_username,
        groups: ['sre'],
        ...verified(`login-${at}@example.com`),
      }
      logins.push((await signIn(claims)).login)
    }
    expect(logins).toEqual(['Admin-Person-2', 'api-2', 'a-2', 'mlaut', 'person-2'])
  })

  it('follow their groups, and only those that the provider gave', async () => {
    const teams = async (personId: string) =>
      (await database().teamMember.findMany({ where: { personId }, include: { team: true } })).map(
        ({ team }) => team.name,
      )
    await createTeam(admin.actor, { organization, name: 'by-hand' })
    const claims = { sub: 'mover', ...verified('mover@example.com') }
    const { personId } = await signIn({ ...claims, groups: ['sre', 'unknown'] })
    const [team] = await database().team.findMany({ where: { nameKey: 'by-hand' } })
    await database().teamMember.create({ data: { personId, teamId: team?.id ?? '' } })
    expect((await teams(personId)).sort()).toEqual(['by-hand', 'ops'])
    await signIn(claims)
    expect((await teams(personId)).sort()).toEqual(['by-hand', 'ops'])
    await signIn({ ...claims, groups: [] })
    expect(await teams(personId)).toEqual(['by-hand'])
  })

  it('T06: do not take another issuer’s group of the same name', async () => {
    const claims = { iss: 'https://other.example.com', groups: ['sre'], ...verified('other@example.com') }
    expect(await why({ sub: 'other', ...claims })).toBe('not_invited')
  })

  describe('T16', () => {
    it('of a disabled person begin nothing', async () => {
      const person = await addPerson('disabled')
      await database().externalIdentity.create({ data: { personId: person.id, issuer: iss, subject: 'off' } })
      await signIn({ sub: 'off' })
      await database().person.update({ where: { id: person.id }, data: { disabledAt: new Date() } })
      expect((await refusal(signIn({ sub: 'off' }))).code).toBe('unauthenticated')
    })
  })
})
