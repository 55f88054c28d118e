import type { JWK } from 'jose'
import { expect, test } from 'vitest'
import { database } from '@/lib/db'
import { describeOnEachDatabase } from '../../tests/support/each-database'
import { publishedKeys, rotateIssuerKey, signingKey } from './keys'

const hour = 60 * 60 * 1000

function kids(keys: JWK[]): (string | undefined)[] {
  return keys.map((key) => key.kid)
}

describeOnEachDatabase('issuer keys', () => {
  test('one key is made on first use, published with its certificate, and sealed at rest', async () => {
    const { kid } = await signingKey('v1')
    const keys = await publishedKeys('v1')
    expect(kids(keys)).toEqual([kid])
    expect(keys[0]).toMatchObject({ kty: 'RSA', use: 'sig', alg: 'RS256', x5c: [expect.any(String)] })
    expect(keys[0]).not.toHaveProperty('d')
    const row = await database().issuerKey.findUniqueOrThrow({ where: { id: kid } })
    expect(Buffer.from(row.sealed).includes('PRIVATE KEY')).toBe(false)
  })

  test('v2 has keys of its own', async () => {
    expect((await signingKey('v2')).kid).not.toBe((await signingKey('v1')).kid)
  })

  test('K05: a rotated key is published a day before its first use and a day after its last', async () => {
    const now = new Date()
    const at = (hours: number) => new Date(now.getTime() + hours * hour)
    const old = await signingKey('v1', now)
    const next = await rotateIssuerKey('v1', now)

    expect((await signingKey('v1', at(1))).kid).toBe(old.kid)
    expect(kids(await publishedKeys('v1', at(1))).sort()).toEqual([old.kid, next.kid].sort())
    expect((await signingKey('v1', at(25))).kid).toBe(next.kid)
    expect(kids(await publishedKeys('v1', at(47)))).toContain(old.kid)
    expect(kids(await publishedKeys('v1', at(49)))).toEqual([next.kid])
  })

  test('a key sealed for another row does not open', async () => {
    const [v1, v2] = [await signingKey('v1'), await signingKey('v2')]
    const other = await database().issuerKey.findUniqueOrThrow({ where: { id: v2.kid } })
    await database().issuerKey.create({
      data: { ...other, publicJwk: {}, id: 'moved', issuer: 'moved', sealed: other.sealed },
    })
    // The type of the issuer is closed; the row stands for what an attacker wrote into the database.
    await expect(signingKey('moved' as 'v1')).rejects.toThrow()
    expect(v1.kid).not.toBe('moved')
  })
})
