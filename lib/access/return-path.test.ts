import { describe, expect, it } from 'vitest'
import { cliListenerUrl, returnPath } from './return-path'

describe('T13: where to go after signing in', () => {
  it.each(['/', '/acme', '/acme/environments?q=a%20b#top', '/a//b'])('takes %s', (path) => {
    expect(returnPath(path)).toBe(path)
  })

  it.each([
    '//evil.example',
    'https:evil.example',
    'https://evil.example/',
    '\\evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'javascript:alert(1)',
    'evil',
    '/.//evil.example',
    '/a/..//evil.example',
    '',
    null,
    undefined,
  ])('goes home for %j', (path) => {
    expect(returnPath(path)).toBe('/')
  })

  it('keeps an encoded slash encoded', () => {
    expect(returnPath('/%2f%2fevil.example')).toBe('/%2f%2fevil.example')
  })
})

describe('T12: the listener of a command line', () => {
  const nonce = 'ab'.repeat(32)

  it('is on the loopback interface', () => {
    expect(cliListenerUrl('8123', nonce, 'esc-1')).toBe(
      `http://localhost:8123/?accessToken=esc-1&nonce=${nonce}`,
    )
  })

  it.each(['', '0', '65536', '80@evil.example', '80/evil', '-1', '1e3', '８０'])(
    'is refused on port %j',
    (port) => {
      expect(cliListenerUrl(port, nonce, 'esc-1')).toBeUndefined()
    },
  )

  it.each(['', 'xyz', '"><script>', 'ab'.repeat(200)])('is refused with nonce %j', (wrong) => {
    expect(cliListenerUrl('8123', wrong, 'esc-1')).toBeUndefined()
  })
})
