/** What the API offers about organizations; that the use cases decide rightly is tested beside them. */
import { expect, it } from 'vitest'
import { z } from 'zod'
import { describeOnEachDatabase } from '../support/each-database'
import { addMember, addPerson } from '../support/installation'
import { environments, listeningApi, makeEnvironment } from './server'

const rolesOf = (json: unknown) =>
  z.object({ roles: z.tuple([z.object({ id: z.string() })]) }).parse(json).roles

describeOnEachDatabase('organizations over HTTP', () => {
  const api = listeningApi()
  const acme = '/api/orgs/acme'

  it('shows and changes an organization', async () => {
    expect((await api.call('GET', acme)).json).toMatchObject({ githubLogin: 'acme' })
    const change = { setDefaultEnvironmentPermission: 'none', setDisplayName: 'Acme Ltd' }
    expect((await api.call('PATCH', acme, { body: change })).json).toMatchObject({
      defaultEnvironmentPermission: 'none',
    })
    expect((await api.call('GET', acme)).json).toMatchObject({ githubLogin: 'acme', name: 'Acme Ltd' })
    expect((await api.call('GET', `${acme}/metadata`)).json).toMatchObject({ kind: 'shared', memberCount: 1 })
    expect((await api.call('GET', '/api/orgs/absent')).status).toBe(404)
  })

  it('lists members, changes their role and removes them', async () => {
    await addMember(api.organization, await addPerson('bob'), 'member')
    const members = `${acme}/members`
    expect((await api.call('GET', members)).json).toMatchObject({
      members: [
        { user: { githubLogin: 'alice' }, role: 'admin' },
        { user: { githubLogin: 'bob' }, role: 'member' },
      ],
    })
    expect((await api.call('PATCH', `${members}/bob`, { body: { role: 'billing-manager' } })).status).toBe(
      204,
    )
    expect((await api.call('GET', members)).text).toContain('billing-manager')
    expect((await api.call('PATCH', `${members}/alice`, { body: { role: 'member' } })).status).toBe(409)
    expect((await api.call('DELETE', `${members}/bob`)).status).toBe(204)
    expect((await api.call('DELETE', `${members}/bob`)).status).toBe(404)
  })

  it('invites and cancels', async () => {
    const body = { invites: [{ email: 'carol@example.com', role: 'member' }] }
    const { json } = await api.call('POST', `${acme}/invites/batch`, { body })
    const [{ invite, link }] = (json as { invites: [{ invite: { id: string }; link: string }] }).invites
    expect(link).toContain('/invite/')
    const listed = await api.call('GET', `${acme}/invites`)
    expect(listed.json).toMatchObject({ invites: [{ email: 'carol@example.com', status: 'pending' }] })
    expect(listed.text).not.toContain(link)
    expect((await api.call('DELETE', `${acme}/invites/${invite.id}`)).status).toBe(204)
  })

  it('manages a team, what it may open, and its tokens', async () => {
    const person = await addPerson('dave')
    await addMember(api.organization, person, 'member')
    await makeEnvironment(api.call, 'web/team', 'values: {a: 1}\n')
    const call = await api.as(person)
    expect((await call('GET', `${environments}/acme/web/team`)).status).toBe(404)
    const team = { name: 'ops', displayName: 'Operations', description: '' }
    expect((await api.call('POST', `${acme}/teams/pulumi`, { body: team })).status).toBe(201)
    expect((await api.call('POST', `${acme}/teams/pulumi`, { body: team })).status).toBe(409)
    const change = (body: object) => api.call('PATCH', `${acme}/teams/ops`, { body })
    expect((await change({ member: 'dave', memberAction: 'add' })).status).toBe(204)
    const grant = { projectName: 'web', envName: 'team', permission: 'open', maxOpenDuration: '10m' }
    expect((await change({ addEnvironmentPermission: grant })).status).toBe(204)
    expect((await call('POST', `${environments}/acme/web/team/open`)).status).toBe(200)
    expect((await call('PATCH', `${environments}/acme/web/team`, { body: 'values: {}\n' })).status).toBe(403)
    expect((await api.call('GET', `${acme}/teams/ops`)).json).toMatchObject({
      members: [{ githubLogin: 'dave' }],
    })

    const made = await api.call('POST', `${acme}/teams/ops/tokens`, {
      body: { name: 'deploy', description: '', expires: 0 },
    })
    const { id, tokenValue } = made.json as { id: string; tokenValue: string }
    const headers = { authorization: `token ${tokenValue}` }
    expect((await api.anonymous('GET', '/api/user', { headers })).json).toMatchObject({
      tokenInfo: { team: 'ops' },
    })
    expect((await api.anonymous('POST', `${environments}/acme/web/team/open`, { headers })).status).toBe(200)
    expect((await api.call('GET', `${acme}/teams/ops/tokens`)).json).toMatchObject({
      tokens: [{ id, type: 'team' }],
    })
    expect((await api.call('DELETE', `${acme}/teams/ops/tokens/${id}`)).status).toBe(204)
    expect((await api.anonymous('GET', '/api/user', { headers })).status).toBe(401)

    const { projectName, envName } = grant
    expect((await change({ removeEnvironment: { projectName, envName } })).status).toBe(204)
    expect((await call('GET', `${environments}/acme/web/team`)).status).toBe(404)
    expect((await api.call('DELETE', `${acme}/teams/ops`)).status).toBe(204)
    expect((await api.call('GET', `${acme}/teams`)).json).toEqual({ teams: [] })
  })

  it('creates, changes and deletes custom roles', async () => {
    const rules = [{ where: { kind: 'tag', name: 'env', value: 'prod' }, level: 'open' }]
    const created = await api.call('POST', `${acme}/roles`, { body: { name: 'prod opener', rules } })
    expect(created.status).toBe(201)
    expect(created.json).toMatchObject({ name: 'prod opener', rules, organizationScopes: [] })
    const [{ id }] = rolesOf((await api.call('GET', `${acme}/roles`)).json)
    const path = `${acme}/roles/${id}`
    const changed = await api.call('PATCH', path, { body: { organizationScopes: ['team:list'] } })
    expect(changed.json).toMatchObject({ name: 'prod opener', rules, organizationScopes: ['team:list'] })
    expect((await api.call('POST', `${acme}/roles`, { body: { name: 'Prod Opener' } })).status).toBe(409)
    for (const body of [
      {},
      { name: '' },
      { name: 'x', rules: [{ where: { kind: 'sometimes' }, level: 'open' }] },
      { name: 'x', rules: [{ where: { kind: 'every_environment' } }] },
      { name: 'x', organizationScopes: ['everything'] },
    ]) {
      expect((await api.call('POST', `${acme}/roles`, { body })).status).toBe(400)
    }
    expect((await api.call('DELETE', path)).status).toBe(204)
    expect((await api.call('DELETE', path)).status).toBe(404)
  })

  it('makes organization tokens, and lists roles and scopes', async () => {
    const body = { name: 'ci', description: '', expires: 0, admin: true }
    const { json } = await api.call('POST', `${acme}/tokens`, { body })
    const { id } = json as { id: string }
    expect((await api.call('GET', `${acme}/tokens`)).json).toMatchObject({ tokens: [{ id, admin: true }] })
    expect((await api.call('DELETE', `${acme}/tokens/${id}`)).status).toBe(204)
    expect((await api.call('GET', `${acme}/roles`)).json).toEqual({ roles: [] })
    expect((await api.call('GET', `${acme}/roles/scopes`)).text).toContain('environment:open')
    expect((await api.call('GET', `${acme}/roles/absent`)).status).toBe(404)
  })

  it('registers an issuer by its keys, with policies', async () => {
    const issuers = `${acme}/oidc/issuers`
    const jwks = { keys: [{ kty: 'RSA', kid: '1', n: 'x'.repeat(342), e: 'AQAB', alg: 'RS256', use: 'sig' }] }
    const registered = await api.call('POST', issuers, {
      body: { name: 'ci', url: 'https://ci.example.com', jwks },
    })
    expect(registered.json).toMatchObject({ name: 'ci', url: 'https://ci.example.com' })
    const { id } = registered.json as { id: string }
    const policies = [{ decision: 'allow', tokenType: 'organization', rules: { sub: 'repo:acme/app' } }]
    const set = await api.call('PATCH', `${acme}/auth/policies/${id}`, { body: { policies } })
    expect(set.json).toMatchObject({ id, policies: [{ decision: 'allow', rules: { sub: 'repo:acme/app' } }] })
    expect((await api.call('GET', `${acme}/auth/policies/oidcissuers/${id}`)).json).toEqual(set.json)
    expect((await api.call('PATCH', `${acme}/auth/policies/${id}`, { body: { policies: [] } })).status).toBe(
      400,
    )
    expect((await api.call('DELETE', `${issuers}/${id}`)).status).toBe(204)
    expect((await api.call('GET', issuers)).json).toEqual({ oidcIssuers: [] })
  })

  it('reads and exports the audit log', async () => {
    const { json } = await api.call('GET', `${acme}/auditlogs/v2?eventFilter=environment-created`)
    expect(json).toMatchObject({
      auditLogEvents: [{ event: 'environment-created', user: { githubLogin: 'alice' } }],
    })
    const past = await api.call('GET', `${acme}/auditlogs?startTime=1`)
    expect(past.json).toMatchObject({ auditLogEvents: [], continuationToken: null })
    const exported = await api.call('GET', `${acme}/auditlogs/export?format=csv`)
    expect(exported.text.split('\r\n')[0]).toContain('Timestamp,Login,Event')
    expect(exported.text).toContain('environment-created')
    const person = await addPerson('erin')
    await addMember(api.organization, person, 'member')
    const call = await api.as(person)
    for (const path of ['auditlogs/v2', 'auditlogs/export', 'tokens', 'oidc/issuers']) {
      expect((await call('GET', `${acme}/${path}`)).status).toBe(403)
    }
  })

  it('refuses tokens that live too long, from the next request on', async () => {
    const body = { setMaxAccessTokenExpiryDays: 30 }
    expect((await api.call('PATCH', acme, { body })).json).toMatchObject({ maxAccessTokenExpiryDays: 30 })
    expect((await api.call('GET', acme)).status).toBe(403)
  })
})
