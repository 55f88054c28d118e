import { describe, expect, it } from 'vitest'
import { parseDefinition } from '@/lib/language'
import { readFile } from '@/lib/language/convert'
import { cloudTrust } from './cloud-trust'
import { clouds, type Draft, definitionsOf } from './draft'

const draft: Draft = { start: 'example', project: 'shop', name: 'web', cloud: {}, file: undefined }

const filled = {
  aws: { accountId: '111122223333', roleName: 'deploy' },
  azure: {
    clientId: '11111111-2222-3333-4444-555555555555',
    tenantId: '21111111-2222-3333-4444-555555555555',
    subscriptionId: '31111111-2222-3333-4444-555555555555',
  },
  gcp: { project: '123456789012', serviceAccount: 'deploy@app.iam.gserviceaccount.com' },
}

describe('what is created', () => {
  it('of the example nothing: the editor opens with it', () => {
    expect(definitionsOf(draft)).toEqual([])
  })

  it.each(clouds)('of the login to %s a definition with everything filled in', (start) => {
    const [created] = definitionsOf({ ...draft, start, cloud: filled[start] }) ?? []
    const definition = created?.definition ?? ''
    expect(parseDefinition(definition, { environment: 'shop/web' }).diagnostics).toEqual([])
    for (const value of Object.values(filled[start])) expect(definition).toContain(value)
  })

  it.each(clouds)('of %s nothing while a field is wrong', (start) => {
    const [name = ''] = Object.keys(filled[start]).slice(-1)
    expect(definitionsOf({ ...draft, start, cloud: { ...filled[start], [name]: 'a b' } })).toBeUndefined()
  })

  it('of AWS without an account only the placeholders in the editor', () => {
    expect(definitionsOf({ ...draft, start: 'aws' })).toEqual([])
  })

  it('of the stages four that import the first', () => {
    const definitions = definitionsOf({ ...draft, start: 'stages' }) ?? []
    expect(definitions.map(({ name }) => name)).toEqual(['web-base', 'web-dev', 'web-stage', 'web-prod'])
    expect(definitions.slice(1).every(({ definition }) => definition.includes('- shop/web-base'))).toBe(true)
    expect(definitionsOf({ ...draft, start: 'stages', name: '' })?.[0]?.name).toBe('base')
  })

  it('of a file what it holds, once there is one', () => {
    expect(definitionsOf({ ...draft, start: 'file' })).toBeUndefined()
    const content = readFile({ name: '.env', text: 'A=1' })
    if (!content.ok) throw new Error(content.message)
    const file = { name: '.env', content, secrets: new Set(content.values) }
    expect(definitionsOf({ ...draft, start: 'file', file })?.[0]?.definition).toContain('fn::secret: "1"')
  })
})

it.each(clouds)('the trust of %s names the environment that will be created', (cloud) => {
  const identity = { organization: 'acme', issuer: 'https://esc.acme.com/oidc', project: 'shop', name: 'web' }
  const { policy } = cloudTrust(cloud, identity, filled[cloud])
  expect(policy).toContain('pulumi:environments:org:acme:env:shop/web')
})
