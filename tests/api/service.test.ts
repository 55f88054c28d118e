/** What the service says of itself, and who machines are. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createOrganizationToken } from '@/lib/organizations/shared-tokens'
import { describeOnEachDatabase } from '../support/each-database'
import { listeningApi } from './server'

describeOnEachDatabase('the service', () => {
  const api = listeningApi()

  it('describes itself, to programs and to people, without a token', async () => {
    const { json } = await api.anonymous('GET', '/api/openapi.json')
    expect(json).toMatchObject({ openapi: '3.1.0', components: { schemas: { Environment: {}, Error: {} } } })
    const { paths } = json as { paths: Record<string, object> }
    const page = await api.anonymous('GET', '/docs/api')
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    for (const path of Object.keys(paths)) expect(page.text).toContain(path)
    expect(page.text).not.toContain('<script')
  })

  it('has no optional capabilities', async () => {
    expect((await api.anonymous('GET', '/api/capabilities')).json).toEqual({ capabilities: [] })
  })

  it('names the organization and the token of a machine', async () => {
    const { tokenValue } = await createOrganizationToken(api.admin.actor, {
      organization: 'acme',
      name: 'ci',
      description: '',
      role: 'member',
    })
    const headers = { authorization: `token ${tokenValue}` }
    expect((await api.anonymous('GET', '/api/user', { headers })).json).toMatchObject({
      githubLogin: 'acme',
      organizations: [{ githubLogin: 'acme', role: 'member' }],
      tokenInfo: { name: 'ci', organization: 'acme', team: '' },
    })
    expect((await api.anonymous('GET', '/api/user/organizations/default', { headers })).json).toMatchObject({
      gitHubLogin: 'acme',
    })
    expect((await api.anonymous('GET', '/api/esc/environments', { headers })).json).toEqual({
      environments: [],
    })
  })

  it('refuses to trade what is no identity token, in the words of OAuth', async () => {
    const form = (fields: Record<string, string>) => ({
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    const fields = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      audience: 'urn:pulumi:org:acme',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      subject_token: 'not.a.token',
      requested_token_type: 'urn:pulumi:token-type:access_token:organization',
    }
    for (const call of [form(fields), { body: fields }]) {
      const { status, json } = await api.anonymous('POST', '/api/oauth/token', call)
      expect({ status, json }).toMatchObject({ status: 401, json: { code: 401, error: 'invalid_grant' } })
    }
    expect((await api.anonymous('POST', '//api/oauth/token', form({}))).json).toMatchObject({
      code: 400,
      error: 'invalid_request',
    })
  })
})

describeOnEachDatabase('docs/compatibility.md', () => {
  const api = listeningApi()

  it('lists every route that is served, and no other', async () => {
    const { json } = await api.anonymous('GET', '/api/openapi.json')
    const { paths } = json as { paths: Record<string, object> }
    const served = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const text = readFileSync(new URL('../../docs/compatibility.md', import.meta.url), 'utf8')
    const listed = [...text.matchAll(/^\| +`([A-Z]+) ([^` ]+)` +\|/gm)].map(([, method, path = '']) => {
      const one = '/api/esc/environments/{organization}/{project}/{name}'
      return `${method} ${path.replace(/^X/, one).replace(/^E/, '/api/esc/environments')}`
    })
    expect(listed.sort()).toEqual(served.sort())
  })
})
