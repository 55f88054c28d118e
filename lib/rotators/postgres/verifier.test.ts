import { createHash, createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { md5Verifier, scramVerifier } from './verifier'

it('is what the exchange of RFC 7677 §3 proves', () => {
  const verifier = scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'))
  const [, stored = '', server = ''] = /^SCRAM-SHA-256\$4096:[^$]+\$([^:]+):(.+)$/.exec(verifier) ?? []
  const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0'
  const message = `n=user,r=rOprNGfwEbeRWgbNEkqO,r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=${nonce}`
  const sign = (key: Buffer) => createHmac('sha256', key).update(message).digest()
  expect(sign(Buffer.from(server, 'base64')).toString('base64')).toBe(
    '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
  )
  const proof = Buffer.from('dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=', 'base64')
  const signature = sign(Buffer.from(stored, 'base64'))
  const clientKey = proof.map((byte, at) => byte ^ (signature[at] ?? 0))
  expect(createHash('sha256').update(clientKey).digest('base64')).toBe(stored)
})

it('has a salt of its own each time', () => {
  expect(scramVerifier('same')).not.toBe(scramVerifier('same'))
})

it('depends on the user in the older method', () => {
  expect(md5Verifier('user', 'pencil')).toMatch(/^md5[0-9a-f]{32}$/)
  expect(md5Verifier('user', 'pencil')).not.toBe(md5Verifier('other', 'pencil'))
})
