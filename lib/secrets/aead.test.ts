import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decrypt, encrypt, nonceLength } from './aead'
import { Key } from './key'

const nonce = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWX')

describe('XAES-256-GCM', () => {
  it.each([
    [1, '', 'ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271'],
    [3, 'c2sp.org/XAES-256-GCM', '986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d'],
  ])('answers the published vector for a key of bytes %i', (byte, associated, expected) => {
    const key = Buffer.alloc(32, byte)
    const message = encrypt(key, Buffer.from('XAES-256-GCM'), Buffer.from(associated), nonce)
    expect(message.subarray(nonceLength).toString('hex')).toBe(expected)
    expect(decrypt(key, message, Buffer.from(associated))?.toString()).toBe('XAES-256-GCM')
  })

  it('opens what it sealed, and nothing else', () => {
    const bytes = fc.uint8Array({ maxLength: 200 })
    fc.assert(
      fc.property(
        bytes,
        bytes,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (plaintext, associated, at, flip) => {
          const key = Key.random()
          const message = key.encrypt(plaintext, associated)
          expect(key.decrypt(message, associated)).toEqual(Buffer.from(plaintext))
          const damaged = Buffer.from(message)
          damaged[at % message.length] = (damaged[at % message.length] ?? 0) ^ flip
          expect(key.decrypt(damaged, associated)).toBeUndefined()
          expect(key.decrypt(message.subarray(0, at % message.length), associated)).toBeUndefined()
          expect(key.decrypt(message, Buffer.concat([associated, Buffer.from([0])]))).toBeUndefined()
          expect(Key.random().decrypt(message, associated)).toBeUndefined()
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('K01: a nonce is never used twice with a key', () => {
  const nonceOf = (message: Buffer) => message.toString('latin1', 0, nonceLength)

  it('in 2^20 messages', () => {
    const key = Key.random()
    const plaintext = Buffer.from('x')
    const seen = new Set<string>()
    for (let n = 0; n < 2 ** 20; n++) seen.add(nonceOf(key.encrypt(plaintext, plaintext)))
    expect(seen.size).toBe(2 ** 20)
  }, 240_000)

  it('by two processes that start from the same state', () => {
    const program = `
      import { encrypt } from '${fileURLToPath(new URL('aead.ts', import.meta.url))}'
      for (let n = 0; n < 1000; n++)
        console.log(encrypt(Buffer.alloc(32, 7), Buffer.alloc(1), Buffer.alloc(0)).toString('hex', 0, ${nonceLength}))`
    const args = ['--import', 'tsx', '--input-type=module', '-e', program]
    const lines = [1, 2].flatMap(() => String(execFileSync(process.execPath, args)).trim().split('\n'))
    expect(new Set(lines).size).toBe(2000)
  })
})

describe('a key', () => {
  it('shows its fingerprint and nothing else', () => {
    const key = new Key(Buffer.alloc(32, 7))
    const shown = `${JSON.stringify(key)} ${String(key)} ${Object.values(key)}`
    expect(shown).toContain(key.id)
    expect(shown).not.toContain(Buffer.alloc(32, 7).toString('hex').slice(0, 16))
    expect(JSON.parse(JSON.stringify(key))).toEqual({ id: key.id })
  })
})
