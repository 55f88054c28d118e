import { expect, it } from 'vitest'
import { proxyFor, proxyHeaders } from './proxy'

const proxy = 'http://proxy.example:3128'
const all = { HTTPS_PROXY: proxy }
const hrefFor = (url: string, env: Record<string, string>) => proxyFor(new URL(url), env)?.href

it.each([
  ['https://esc.example.com', all, `${proxy}/`],
  ['https://esc.example.com', { https_proxy: 'proxy.example:3128' }, `${proxy}/`],
  ['http://esc.example.com', { http_proxy: proxy }, `${proxy}/`],
  ['http://esc.example.com', all, undefined],
  ['https://esc.example.com', { HTTPS_PROXY: '' }, undefined],
  ['https://localhost', all, undefined],
  ['https://127.0.0.1:3000', all, undefined],
  ['https://[::1]', all, undefined],
  ['https://127.example.com', all, `${proxy}/`],
])('%s with %j is reached by %s', (url, env, expected) => {
  expect(hrefFor(url, env)).toBe(expected)
})

it.each([
  ['*', true],
  ['esc.example.com', true],
  ['EXAMPLE.com', true],
  ['.example.com', true],
  ['other.com, esc.example.com:8443', true],
  ['esc.example.com:443', false],
  ['ample.com', false],
  ['.esc.example.com', false],
  ['', false],
])('NO_PROXY=%s excludes https://esc.example.com:8443: %s', (list, excluded) => {
  const found = hrefFor('https://esc.example.com:8443', { ...all, NO_PROXY: list })
  expect(found === undefined).toBe(excluded)
})

it.each([
  ['10.0.0.0/8', true],
  ['10.1.2.3', true],
  ['10.1.2.0/33', false],
  ['fd00::/8', false],
])('NO_PROXY=%s excludes 10.1.2.3: %s', (list, excluded) => {
  const found = hrefFor('https://10.1.2.3', { ...all, no_proxy: list })
  expect(found === undefined).toBe(excluded)
})

it('gives the proxy its own name and password only', () => {
  expect(proxyHeaders(new URL('http://me:p%40ss@proxy'))).toEqual({
    'Proxy-Authorization': `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
  })
  expect(proxyHeaders(new URL('http://proxy'))).toEqual({})
})
