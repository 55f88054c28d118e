import { describe, expect, it } from 'vitest'
import { parseConfig } from './config'

describe('the configuration', () => {
  it('has defaults for everything', () => {
    expect(parseConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      url: 'http://localhost:3000',
      databaseUrl: undefined,
      firstSetup: undefined,
      trustedProxies: [],
      unknownVariables: [],
    })
  })

  it('derives the origin from the port and drops a trailing slash', () => {
    expect(parseConfig({ PORT: '8080' }).url).toBe('http://localhost:8080')
    expect(parseConfig({ OPENESC_URL: 'https://esc.example.com/' }).url).toBe('https://esc.example.com')
  })

  it('takes an empty variable for an unset one', () => {
    expect(parseConfig({ DATABASE_URL: '', PORT: '' })).toMatchObject({ port: 3000, databaseUrl: undefined })
  })

  it('normalizes ranges and single addresses', () => {
    const { trustedProxies } = parseConfig({ OPENESC_TRUSTED_PROXIES: '10.0.0.0/8, 127.0.0.1 ,::1' })
    expect(trustedProxies).toEqual(['10.0.0.0/8', '127.0.0.1/32', '::1/128'])
  })

  it('takes the first set-up whole', () => {
    const given = {
      OPENESC_ADMIN_EMAIL: 'ada@example.com',
      OPENESC_ADMIN_PASSWORD: 'correct horse battery',
      OPENESC_ORG: 'acme',
    }
    expect(parseConfig(given).firstSetup).toEqual({
      email: 'ada@example.com',
      password: 'correct horse battery',
      organization: 'acme',
      token: undefined,
    })
  })

  it('notices misspelt variables', () => {
    expect(parseConfig({ OPENESC_DATADIR: '/x' }).unknownVariables).toEqual(['OPENESC_DATADIR'])
  })

  const canary = 'c4n4ry-value'
  it.each([
    ['PORT', canary],
    ['PORT', '0'],
    ['PORT', '3000.5'],
    ['PORT', '65536'],
    ['OPENESC_URL', canary],
    ['OPENESC_URL', `https://user:${canary}@example.com`],
    ['OPENESC_URL', `https://example.com/${canary}`],
    ['DATABASE_URL', `mysql://root:${canary}@localhost/x`],
    ['OPENESC_TRUSTED_PROXIES', canary],
    ['OPENESC_ALLOW_PRIVATE_TARGETS', `10.0.0.0/${canary}`],
    ['OPENESC_ADMIN_EMAIL', canary],
    ['OPENESC_SMTP_URL', `http://${canary}`],
    ['OPENESC_SMTP_URL', `smtp://${canary}?starttls=yes`],
  ])('L01: refuses %s by name and never by value (%#)', (name, value) => {
    const refusal = () => parseConfig({ [name]: value })
    expect(refusal).toThrow(expect.objectContaining({ code: 'config_invalid' }))
    expect(refusal).toThrow(new RegExp(`^${name}: `))
    expect(refusal).not.toThrow(new RegExp(canary))
  })

  it.each([
    [{ OPENESC_ORG: 'acme' }, 'OPENESC_ADMIN_EMAIL'],
    [{ OPENESC_OIDC_ISSUER: 'https://idp.example.com' }, 'OPENESC_OIDC_CLIENT_ID'],
    [{ OPENESC_MASTER_KEY: 'x', OPENESC_MASTER_KEY_FILE: 'y' }, 'OPENESC_MASTER_KEY_FILE'],
  ])('refuses half of a group (%#)', (given, named) => {
    expect(() => parseConfig(given)).toThrow(new RegExp(`^${named}: `))
  })

  it('takes several providers of single sign-on, each whole and each with an issuer of its own', () => {
    const provider = (id: string, issuer: string) => ({
      [`OPENESC_OIDC_${id}ISSUER`]: issuer,
      [`OPENESC_OIDC_${id}CLIENT_ID`]: 'openesc',
      [`OPENESC_OIDC_${id}CLIENT_SECRET`]: 'x',
    })
    const first = provider('', 'https://login.example.com')
    const { singleSignOn, unknownVariables } = parseConfig({
      ...first,
      ...provider('GITLAB_', 'https://gitlab.example.com'),
      OPENESC_OIDC_GITLAB_NAME: 'GitLab',
    })
    expect(singleSignOn.map(({ id, name }) => [id, name])).toEqual([
      ['oidc', 'Single sign-on'],
      ['oidc-gitlab', 'GitLab'],
    ])
    expect(unknownVariables).toEqual([])
    const twice = { ...first, ...provider('TWICE_', 'https://login.example.com') }
    expect(() => parseConfig(twice)).toThrow('must differ')
    expect(() => parseConfig({ ...first, OPENESC_OIDC_B_ISSUER: 'https://b.example.com' })).toThrow(
      'OPENESC_OIDC_B_CLIENT_ID',
    )
    expect(() => parseConfig(provider('B_', 'gopher://b.example.com'))).toThrow('OPENESC_OIDC_B_ISSUER')
    expect(parseConfig({ OPENESC_OIDC_B_COLOUR: 'x' }).unknownVariables).toEqual(['OPENESC_OIDC_B_COLOUR'])
  })
})
