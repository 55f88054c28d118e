/** Invitations, and what else a console asks about people and roles, over HTTP (http-api.md §11.2 to §11.4). */
import { expect, it } from 'vitest'
import { database } from '@/lib/db'
import { acceptInvitation, invite, previewInvitation } from '@/lib/organizations/invitations'
import { changeTeamMember, createTeam } from '@/lib/organizations/teams'
import { describeOnEachDatabase } from '../support/each-database'
import { refusal } from '../support/failures'
import { addMember, addOrganization, addPerson, type TestPerson } from '../support/installation'
import { type Client, listeningApi } from './server'

const acme = '/api/orgs/acme'
const organization = 'acme'

interface Invited {
  invite: { id: string; email: string; status: string }
  link: string
}

describeOnEachDatabase('invitations over HTTP', () => {
  const api = listeningApi()

  async function invited(path: string, body: object = {}): Promise<Invited> {
    const { json, status, text } = await api.call('POST', `${acme}/invites/${path}`, { body })
    if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`)
    return json as Invited
  }
  const secretOf = ({ link }: Invited) => link.split('/').at(-1) ?? ''
  const verify = (person: TestPerson) =>
    database().person.update({ where: { id: person.id }, data: { emailVerifiedAt: new Date() } })
  const idsOf = async (call: Client) => {
    const { json } = await call('GET', '/api/user/pending-invites')
    return (json as { invites: { id: string }[] }).invites.map(({ id }) => id)
  }

  it('makes a link for whoever has it, good once', async () => {
    const made = await invited('link', { role: 'billing-manager' })
    expect(made.invite).toMatchObject({ email: '', role: 'billing-manager', status: 'pending' })
    const [one, other] = [await addPerson('one'), await addPerson('other')]
    await acceptInvitation(one.actor, { secret: secretOf(made) })
    expect((await refusal(acceptInvitation(other.actor, { secret: secretOf(made) }))).code).toBe('not_found')
    expect((await api.call('GET', `${acme}/invites/${made.invite.id}`)).json).toMatchObject({
      status: 'accepted',
    })
    expect((await api.call('POST', `${acme}/invites/${made.invite.id}/resend`)).status).toBe(404)
  })

  it('sends again by a new link, and the old one is dead', async () => {
    const made = await invited('link')
    const again = await invited(`${made.invite.id}/resend`)
    expect(again.invite.id).toBe(made.invite.id)
    expect(await previewInvitation(secretOf(made))).toBeUndefined()
    expect(await previewInvitation(secretOf(again))).toMatchObject({ organization })
    await api.call('DELETE', `${acme}/invites/${made.invite.id}`)
    expect((await api.call('POST', `${acme}/invites/${made.invite.id}/resend`)).status).toBe(404)
    expect((await api.call('GET', `${acme}/invites/absent`)).status).toBe(404)
  })

  it('T19: sends again only what its sender may give', async () => {
    const role = await api.call('POST', `${acme}/roles`, {
      body: { name: 'inviter', organizationScopes: ['invites:read', 'invites:create'] },
    })
    const person = await addPerson('inviter')
    await addMember(api.organization, person, 'member')
    const { id } = role.json as { id: string }
    expect((await api.call('PATCH', `${acme}/members/inviter`, { body: { fgaRoleId: id } })).status).toBe(204)
    const inviter = await api.as(person)
    const powerful = await invited('link', { role: 'admin' })
    expect((await inviter('POST', `${acme}/invites/${powerful.invite.id}/resend`)).status).toBe(403)
    const same = await invited('link', { roleId: id })
    expect((await inviter('POST', `${acme}/invites/${same.invite.id}/resend`)).status).toBe(200)
    await api.call('POST', `${acme}/teams/pulumi`, { body: { name: 'strong' } })
    const strong = await api.call('POST', `${acme}/roles`, {
      body: { name: 'strong', organizationScopes: ['audit_logs:read'] },
    })
    await api.call('POST', `${acme}/teams/strong/roles/${(strong.json as { id: string }).id}`)
    const into = { organization, roleId: id, teams: ['strong'] }
    const { invitation } = await invite(api.admin.actor, into)
    expect((await inviter('POST', `${acme}/invites/${invitation.id}/resend`)).status).toBe(403)
    expect((await api.call('POST', `${acme}/invites/${invitation.id}/resend`)).status).toBe(200)
  })

  it('A01: neither shows nor sends again what another organization has', async () => {
    const other = await addPerson('other-admin')
    await addOrganization('foreign', { admin: other })
    const { invitation } = await invite(other.actor, { organization: 'foreign', role: 'member' })
    expect((await api.call('GET', `${acme}/invites/${invitation.id}`)).status).toBe(404)
    expect((await api.call('POST', `${acme}/invites/${invitation.id}/resend`)).status).toBe(404)
    expect((await (await api.as(other))('GET', `/api/orgs/foreign/invites/${invitation.id}`)).status).toBe(
      200,
    )
  })

  it('shows the invited what waits for them, and takes their yes, once their address is proven', async () => {
    const grace = await addPerson('grace')
    const call = await api.as(grace)
    const made = await api.call('POST', `${acme}/invites/batch`, {
      body: { invites: [{ email: grace.email }] },
    })
    const { id } = (made.json as { invites: Invited[] }).invites[0]?.invite ?? { id: '' }
    // Anybody can type an address: until it is verified it opens nothing.
    expect(await idsOf(call)).toEqual([])
    expect((await call('PATCH', `${acme}/invites/${id}`)).status).toBe(404)
    await verify(grace)
    expect(await idsOf(call)).toEqual([id])
    const heidi = await addPerson('heidi')
    await verify(heidi)
    expect(await idsOf(await api.as(heidi))).toEqual([])
    expect((await (await api.as(heidi))('PATCH', `${acme}/invites/${id}`)).status).toBe(404)
    await addOrganization('elsewhere', { admin: heidi })
    expect((await call('PATCH', `/api/orgs/elsewhere/invites/${id}`)).status).toBe(404)
    expect((await call('PATCH', `${acme}/invites/${id}`)).status).toBe(204)
    expect((await call('GET', `${acme}/members`)).text).toContain('"grace"')
    expect(await idsOf(call)).toEqual([])
    expect((await call('PATCH', `${acme}/invites/${id}`)).status).toBe(404)
  })

  it('leaves a link that is bound to no address to whoever has it', async () => {
    const { invite } = await invited('link')
    const ivan = await addPerson('ivan')
    await verify(ivan)
    const call = await api.as(ivan)
    expect(await idsOf(call)).toEqual([])
    expect((await call('PATCH', `${acme}/invites/${invite.id}`)).status).toBe(404)
  })

  it('tells the teams of a member, and makes one an administrator', async () => {
    const judy = await addPerson('judy')
    await addMember(api.organization, judy, 'member')
    await api.call('POST', `${acme}/teams/pulumi`, { body: { name: 'ops' } })
    await api.call('POST', `${acme}/teams/pulumi`, { body: { name: 'web' } })
    await api.call('PATCH', `${acme}/teams/ops`, { body: { member: 'judy', memberAction: 'add' } })
    expect((await api.call('GET', `${acme}/members/judy/teams`)).json).toMatchObject({
      teams: [{ name: 'ops' }],
    })
    expect((await api.call('GET', `${acme}/members/nobody/teams`)).status).toBe(404)
    const other = await addPerson('other-of-judy')
    const foreign = await addOrganization('foreign-to-judy', { admin: other })
    await addMember(foreign, judy, 'member')
    await createTeam(other.actor, { organization: 'foreign-to-judy', name: 'theirs' })
    const joins = { login: 'judy', action: 'add' } as const
    await changeTeamMember(other.actor, { organization: 'foreign-to-judy', team: 'theirs', ...joins })
    expect((await api.call('GET', `${acme}/members/judy/teams`)).text).not.toContain('theirs')
    const call = await api.as(judy)
    expect((await call('POST', `${acme}/members/judy/set-admin`)).status).toBe(403)
    expect(
      (await api.call('POST', `${acme}/members/judy`, { body: { role: 'billing-manager' } })).status,
    ).toBe(204)
    expect((await api.call('POST', `${acme}/members/judy/set-admin`)).status).toBe(204)
    expect((await call('GET', `${acme}/invites`)).status).toBe(200)
    expect((await api.call('POST', `${acme}/members/nobody`, { body: { role: 'member' } })).status).toBe(404)
  })

  it('tells who has a role', async () => {
    const made = await api.call('POST', `${acme}/roles`, { body: { name: 'held' } })
    const { id } = made.json as { id: string }
    const holders = async (kind: string) => (await api.call('GET', `${acme}/roles/${id}/${kind}`)).json
    expect(await holders('users')).toEqual({ users: [] })
    const kim = await addPerson('kim')
    await addMember(api.organization, kim, 'member')
    await api.call('PATCH', `${acme}/members/kim`, { body: { fgaRoleId: id } })
    await api.call('POST', `${acme}/teams/ops/roles/${id}`)
    await api.call('POST', `${acme}/tokens`, { body: { name: 'held-by-ci', roleID: id } })
    expect(await holders('users')).toMatchObject({ users: [{ githubLogin: 'kim' }] })
    expect(await holders('teams')).toEqual({ teams: [{ name: 'ops', displayName: '' }] })
    expect(await holders('tokens')).toEqual({ tokens: [{ id: expect.any(String), name: 'held-by-ci' }] })
    expect((await api.call('GET', `${acme}/teams/ops/roles`)).json).toEqual({ roles: [{ id, name: 'held' }] })
    expect((await api.call('POST', `${acme}/teams/ops/enable-team-roles`)).status).toBe(204)
    expect((await api.call('GET', `${acme}/roles/absent/users`)).status).toBe(404)
  })
})
