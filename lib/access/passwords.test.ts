import { scryptSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkPassword, hashPassword, passwordProblem } from './passwords'

describe('passwords', () => {
  it('are correct only when they are the same', async () => {
    const stored = await hashPassword('correct horse battery')
    expect(await checkPassword('correct horse battery', stored)).toEqual({ correct: true, outdated: false })
    expect(await checkPassword('correct horse batterY', stored)).toMatchObject({ correct: false })
    expect(await checkPassword('', stored)).toMatchObject({ correct: false })
  })

  it('are salted', async () => {
    expect(await hashPassword('correct horse battery')).not.toBe(await hashPassword('correct horse battery'))
  })

  it('are the same however an accent was typed', async () => {
    const stored = await hashPassword('caf\u00e9 au lait, s\u00fc\u00df')
    expect(await checkPassword('cafe\u0301 au lait, su\u0308\u00df', stored)).toMatchObject({ correct: true })
  })

  it('of older parameters are checked and called outdated', async () => {
    const salt = Buffer.from('0123456789abcdef')
    const hash = scryptSync('correct horse battery', salt, 32, { N: 2 ** 14, r: 8, p: 1 })
    const stored = `$scrypt$ln=14,r=8,p=1$${salt.toString('base64')}$${hash.toString('base64')}`
    expect(await checkPassword('correct horse battery', stored)).toEqual({ correct: true, outdated: true })
  })

  it.each([null, undefined, '', 'correct horse battery', '$scrypt$ln=1$$', '$2b$10$abc'])(
    'are never correct where %j is stored',
    async (stored) => {
      expect(await checkPassword('correct horse battery', stored)).toMatchObject({ correct: false })
    },
  )

  it.each(['short', 'aaaaaaaaaaaaaaa', 'abababababababab', 'alice.liddell', 'x'.repeat(257)])(
    'are refused when weak: %s',
    (password) => {
      const person = { login: 'alice', email: 'alice.liddell@example.com' }
      expect(passwordProblem(password, person)).toBeDefined()
    },
  )

  it('are taken when long and various enough', () => {
    expect(passwordProblem('correct horse battery', { login: 'alice' })).toBeUndefined()
  })
})
