/** The standing that comes with the statement that recognizes a token or a session is the one that asking for it gives. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/actor'
import { requireEnvironment } from '@/lib/access/require'
import { actorFromSession } from '@/lib/access/sessions'
import { actorFromToken, createAccessToken } from '@/lib/access/tokens'
import { database, withTransaction } from '@/lib/db'
import { setGrant } from '@/lib/organizations/environment-access'
import { createOrganizationToken, createTeamToken } from '@/lib/organizations/shared-tokens'
import { changeTeamMember, createTeam } from '@/lib/organizations/teams'
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

const origin = { address: '', requestId: '' }
const place = { organization: 'acme', project: 'shop', name: 'prod' }

describeOnEachDatabase('what comes with a token', () => {
  let admin: TestPerson
  let acme: TestOrganization
  let people = 0
  const tokens: Record<string, string> = {}

  const tokenOf = async ({ actor }: TestPerson) =>
    (await createAccessToken(actor, { description: 'test' })).tokenValue

  async function arrived(token: string, at = place): Promise<Actor> {
    const actor = await actorFromToken(token, origin, at)
    if (!actor) throw new Error('the token is not accepted')
    return actor
  }

  const decision = (actor: Actor, at = place) =>
    requireEnvironment(database(), actor, { ...at, scope: 'environment:open' }).catch(({ code }) => code)

  async function member(): Promise<TestPerson> {
    const person = await addPerson(`person-${++people}`)
    await addMember(acme, person, 'member')
    return person
  }

  beforeAll(async () => {
    admin = await addPerson('admin')
    acme = await addOrganization('acme', { admin, defaultPermission: 'read' })
    await addOrganization('other', { admin, defaultPermission: 'write' })
    await addEnvironment(acme, 'shop/prod')
    await addEnvironment(acme, 'shop/stage')
    const inTeam = await member()
    await createTeam(admin.actor, { organization: 'acme', name: 'ops' })
    await changeTeamMember(admin.actor, {
      organization: 'acme',
      team: 'ops',
      login: inTeam.login,
      action: 'add',
    })
    await setGrant(admin.actor, { ...place, team: 'ops', level: 'open', maxOpenDurationSeconds: 600 })
    const shared = { organization: 'acme', name: 'token' }
    tokens['of the administrator'] = await tokenOf(admin)
    tokens['of a member'] = await tokenOf(await member())
    tokens['of a member of a team'] = await tokenOf(inTeam)
    tokens['of a stranger'] = await tokenOf(await addPerson('stranger'))
    tokens['of the team'] = (await createTeamToken(admin.actor, { ...shared, team: 'ops' })).tokenValue
    tokens['of the organization'] = (
      await createOrganizationToken(admin.actor, { ...shared, name: 'shared', role: 'admin' })
    ).tokenValue
    const confined = await createAccessToken(admin.actor, { description: 'confined' })
    const other = await database().organization.findFirstOrThrow({ where: { nameKey: 'other' } })
    await database().accessToken.update({ where: { id: confined.id }, data: { organizationId: other.id } })
    tokens['of the administrator, good elsewhere only'] = confined.tokenValue
  })

  it('decides as asking does, whoever holds it', async () => {
    const outcomes = new Set<unknown>()
    for (const [whose, token] of Object.entries(tokens)) {
      const asked = await actorFromToken(token, origin)
      if (!asked) throw new Error('the token is not accepted')
      const expected = await decision(asked)
      outcomes.add(typeof expected === 'string' ? expected : 'allowed')
      expect(await decision(await arrived(token)), whose).toEqual(expected)
      const missing = { ...place, name: 'missing' }
      expect(await decision(await arrived(token, missing), missing), whose).toBe('not_found')
    }
    expect(outcomes).toEqual(new Set(['allowed', 'forbidden', 'not_found']))
  })

  it('decides as asking does, by a session too', async () => {
    const outcomes = new Set<unknown>()
    const opener = await member()
    await setGrant(admin.actor, { ...place, login: opener.login, level: 'open' })
    for (const person of [admin, opener, await member(), await addPerson('passer-by')]) {
      const arrive = (at?: typeof place) => actorFromSession(person.actor.credential.id, origin, at)
      const [asked, arrivedThere] = [await arrive(), await arrive(place)]
      if (!asked || !arrivedThere) throw new Error('the session is not accepted')
      const expected = await decision(asked)
      outcomes.add(typeof expected === 'string' ? expected : 'allowed')
      expect(await decision(arrivedThere), person.login).toEqual(expected)
    }
    expect(outcomes).toEqual(new Set(['allowed', 'forbidden', 'not_found']))
  })

  describe('is not kept', () => {
    async function removedAfterArrival(): Promise<Actor> {
      const person = await member()
      await setGrant(admin.actor, { ...place, login: person.login, level: 'open' })
      const actor = await arrived(await tokenOf(person))
      await database().member.deleteMany({ where: { personId: person.id } })
      return actor
    }

    it('for a second question', async () => {
      const actor = await removedAfterArrival()
      expect(await decision(actor)).toMatchObject({ organization: { name: 'acme' } })
      expect(await decision(actor)).toBe('not_found')
    })

    it('for a transaction', async () => {
      const actor = await removedAfterArrival()
      const asking = withTransaction((tx) =>
        requireEnvironment(tx, actor, { ...place, scope: 'environment:open' }),
      )
      expect((await refusal(asking)).code).toBe('not_found')
    })

    it('for another environment', async () => {
      const actor = await removedAfterArrival()
      expect(await decision(actor, { ...place, name: 'stage' })).toBe('not_found')
      expect(await decision(actor)).toBe('not_found')
    })

    it('for the next request', async () => {
      const person = await member()
      const token = await tokenOf(person)
      await arrived(token)
      await database().member.deleteMany({ where: { personId: person.id } })
      expect(await decision(await arrived(token))).toBe('not_found')
    })
  })
})
