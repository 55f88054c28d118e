import { describe, expect, it } from 'vitest'
import { changesSomething, sameOrigin } from './same-origin'

const url = 'https://esc.example.com'
const from = (headers: Record<string, string>) => sameOrigin(new Headers(headers), url)

describe('W04: requests of our own pages', () => {
  it('are known by what the browser says', () => {
    expect(from({ 'sec-fetch-site': 'same-origin' })).toBe(true)
    expect(from({ origin: url })).toBe(true)
  })

  it.each<Record<string, string>>([
    {},
    { origin: 'null' },
    { origin: '' },
    { origin: 'https://esc.example.com.evil.example' },
    { origin: 'http://esc.example.com' },
    { origin: 'https://esc.example.com:444' },
    { origin: 'https://other.example.com' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'cross-site', origin: url },
    { referer: `${url}/acme` },
    { host: 'esc.example.com' },
  ])('are not %j', (headers) => {
    expect(from(headers)).toBe(false)
  })

  it('must be for every method but those that only read', () => {
    expect(['GET', 'HEAD', 'OPTIONS'].some(changesSomething)).toBe(false)
    expect(['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'PROPFIND'].every(changesSomething)).toBe(true)
  })
})
