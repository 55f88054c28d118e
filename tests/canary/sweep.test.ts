import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { sweepBytes } from './sweep'

const canary = 'canary-"ü&/+<\\-5f3a9b'

const hidden: [name: string, bytes: Buffer | string][] = [
  ['raw', canary],
  ['in JSON', JSON.stringify({ value: canary })],
  ['in JSON in JSON', JSON.stringify(JSON.stringify(canary))],
  ['in JSON with escapes for everything beyond ASCII', JSON.stringify(canary).replace('ü', '\\u00fc')],
  ['in a URL', `?q=${encodeURIComponent(canary)}`],
  ['in hexadecimal', `\\x${Buffer.from(canary).toString('hex')}`],
  ['in UTF-16', Buffer.from(canary, 'utf16le')],
  ['in base64', Buffer.from(canary).toString('base64')],
  ['in base64, one byte in', Buffer.from(`a${canary} and more`).toString('base64')],
  ['in base64url, two bytes in', Buffer.from(`ab${canary}c`).toString('base64url')],
  ['in gzip', gzipSync(`before ${canary} after`)],
  ['in zlib', deflateSync(`before ${canary} after`)],
  [
    'with a control byte after every eight',
    [...Buffer.from(canary)]
      .map((byte, at) => String.fromCharCode(byte) + (at % 8 === 7 ? '\0' : ''))
      .join(''),
  ],
]

describe('the sweep', () => {
  it.each(hidden)('finds a canary %s', (_, content) => {
    const latin1 = typeof content === 'string' && content.includes('\0')
    const bytes = typeof content === 'string' ? Buffer.from(content, latin1 ? 'latin1' : 'utf8') : content
    const surrounded = Buffer.concat([Buffer.from('\x00before '), bytes, Buffer.from(' after')])
    expect(sweepBytes('here', surrounded, canary)).not.toEqual([])
  })

  it('finds nothing where it is not', () => {
    const bytes = gzipSync(canary.slice(1).repeat(20))
    expect(sweepBytes('here', Buffer.concat([bytes, Buffer.from(canary.slice(0, -1))]), canary)).toEqual([])
  })
})
