import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { CiphertextError, environmentCipher, readHeader, resealDefinition } from './ciphertext'
import { Key } from './key'
import { OrganizationKeys } from './keyring'

const key = Key.random()
const keys = keysOf('acme', key)
const cipher = environmentCipher('environment-1', keys)
const sealed = cipher.encrypt('hunter2')

function keysOf(organizationId: string, current: Key, ...retired: Key[]) {
  return new OrganizationKeys(
    organizationId,
    current,
    new Map([current, ...retired].map((one) => [one.id, one])),
  )
}

function problem(action: () => unknown) {
  try {
    action()
  } catch (error) {
    if (error instanceof CiphertextError) return error.code
  }
  return undefined
}

/** The same bytes with one changed and the checksum put right: an attacker can do that too. */
function damaged(text: string, at: number): string {
  const bytes = Buffer.from(text, 'base64')
  bytes[at] = (bytes[at] ?? 0) ^ 1
  bytes.writeUInt32BE(crc32(bytes.subarray(0, -4)), bytes.length - 4)
  return bytes.toString('base64')
}

describe('ciphertexts of definitions', () => {
  it('open where they were sealed', () => {
    expect(cipher.decrypt(sealed)).toBe('hunter2')
    expect(cipher.decrypt(cipher.encrypt(''))).toBe('')
    expect(cipher.decrypt(cipher.encrypt('ü\u0000𝄞'))).toBe('ü\u0000𝄞')
  })

  it('say which key and environment they need', () => {
    expect(readHeader(sealed)).toEqual({ keyId: key.id, environmentId: 'environment-1' })
  })

  it('have the envelope of the language: magic, version 1, checksum', () => {
    const bytes = Buffer.from(sealed, 'base64')
    expect(bytes.toString('latin1', 0, 4)).toBe('escx')
    expect(bytes.readUInt32BE(4)).toBe(1)
    expect(bytes.readUInt32BE(bytes.length - 4)).toBe(crc32(bytes.subarray(0, -4)))
  })

  it('differ each time', () => {
    expect(cipher.encrypt('hunter2')).not.toBe(sealed)
  })

  it('K02, E10: do not open in another environment or organization', () => {
    expect(problem(() => environmentCipher('environment-2', keys).decrypt(sealed))).toBe(
      'unknown_environment',
    )
    const moved = environmentCipher('environment-1', keysOf('other', key))
    expect(problem(() => moved.decrypt(sealed))).toBe('not_authentic')
    const foreign = environmentCipher('environment-1', keysOf('other', Key.random()))
    expect(problem(() => foreign.decrypt(sealed))).toBe('unknown_key')
  })

  it('E11: do not open with any byte changed', () => {
    const length = Buffer.from(sealed, 'base64').length
    for (let at = 0; at < length - 4; at++) {
      const text = damaged(sealed, at)
      expect(
        problem(() => cipher.decrypt(text)),
        `byte ${at}`,
      ).toBeDefined()
    }
  })

  it.each([
    ['not base64!', 'not_base64'],
    [sealed.slice(0, -1), 'not_base64'],
    ['', 'too_short'],
    [Buffer.alloc(15).toString('base64'), 'too_short'],
    [Buffer.alloc(16).toString('base64'), 'invalid_header'],
    [Buffer.from('escx............').toString('base64'), 'invalid_checksum'],
    [damaged(sealed, 7), 'unsupported_version'],
  ])('name what is wrong with %j', (text, expected) => {
    expect(problem(() => cipher.decrypt(text))).toBe(expected)
  })
})

describe('resealing a definition', () => {
  const next = Key.random()
  const both = keysOf('acme', next, key)
  const foreign = environmentCipher('environment-2', both).encrypt('elsewhere')
  const text = `# keep\nvalues:\n  a: {fn::secret: {ciphertext: ${sealed}}} # this\n  b:   ZXNjeAAAAAEnonsense\n  c: ${foreign}\n`

  it('changes the ciphertexts of this environment and no other byte', () => {
    const resealed = resealDefinition(text, 'environment-1', both)
    expect(resealed).toHaveLength(text.length)
    const found = /ciphertext: (\S+?)}/.exec(resealed)?.[1] ?? ''
    expect(readHeader(found).keyId).toBe(next.id)
    expect(environmentCipher('environment-1', both).decrypt(found)).toBe('hunter2')
    expect(resealed.replace(found, sealed)).toBe(text)
  })

  it('does nothing the second time', () => {
    const once = resealDefinition(text, 'environment-1', both)
    expect(resealDefinition(once, 'environment-1', both)).toBe(once)
  })
})
