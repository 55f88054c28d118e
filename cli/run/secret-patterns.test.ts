import { describe, expect, it } from 'vitest'
import { Redactor } from './redactor'
import { secretPatterns } from './secret-patterns'

function shown(secrets: readonly string[], text: string): string {
  let result = ''
  const channel = new Redactor(secretPatterns(secrets)).channel((bytes) => {
    result += Buffer.from(bytes).toString()
  })
  channel.write(Buffer.from(text))
  channel.end()
  return result
}

const secret = 'p4ss/w0rd "é" & more+'

describe('C03: derived forms of a secret', () => {
  it.each([0, 1, 2])('are masked in base64 with %d bytes before', (offset) => {
    for (const encoding of ['base64', 'base64url'] as const) {
      const encoded = Buffer.from(`${'x'.repeat(offset)}${secret}yyy`).toString(encoding)
      const left = shown([secret], encoded)
      expect(left).toContain('[secret]')
      expect(left.replace('[secret]', '').length).toBeLessThanOrEqual(9)
    }
  })

  it('are masked in a URL and in JSON', () => {
    expect(shown([secret], `?q=${encodeURIComponent(secret)}&`)).toBe('?q=[secret]&')
    expect(shown([secret], JSON.stringify({ secret }))).toBe('{"secret":"[secret]"}')
  })

  it('are masked with other line ends and without the last one', () => {
    const lines = 'first line\nsecond line\n'
    expect(shown([lines], 'first line\nsecond line')).toBe('[secret]')
    expect(shown([lines], '> first line\r\nsecond line\r\n<')).toBe('> [secret]<')
    expect(shown(['a1\r\nb2'], 'a1\nb2')).toBe('[secret]')
  })

  it('are not masked where the documentation says so', () => {
    expect(shown([secret], Buffer.from(secret).toString('hex'))).not.toContain('[secret]')
    expect(shown([secret], secret.toUpperCase())).not.toContain('[secret]')
    expect(shown(['short'], Buffer.from('short').toString('base64'))).not.toContain('[secret]')
  })

  it('are masked from three bytes on, and not below', () => {
    expect(shown(['ab'], 'ab')).toBe('ab')
    expect(shown(['abc'], 'abc')).toBe('[secret]')
    expect(shown(['é1'], 'é1')).toBe('[secret]')
  })
})
