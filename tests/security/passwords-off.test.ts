import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSession } from '@/lib/access/sessions'
import { signIn } from '@/lib/access/signin'
import { parseConfig } from '@/lib/config'
import { type TemporaryDatabase, temporaryDatabase } from '../support/database'
import { refusal } from '../support/failures'
import { addPerson, type TestPerson } from '../support/installation'

const provider = {
  OPENESC_OIDC_ISSUER: 'https://login.example.com',
  OPENESC_OIDC_CLIENT_ID: 'openesc',
  OPENESC_OIDC_CLIENT_SECRET: 'x',
}
const password = 'correct horse battery'
let temporary: TemporaryDatabase
let alice: TestPerson

beforeAll(async () => {
  // Before anything asks for the configuration, which is parsed once.
  Object.assign(process.env, provider, { OPENESC_PASSWORD_SIGN_IN: 'off' })
  temporary = await temporaryDatabase()
  alice = await addPerson('alice', { password })
})

afterAll(() => temporary.close())

it('signs nobody in by password where passwords are off, whether right or wrong', async () => {
  for (const typed of [password, 'wrong horse battery']) {
    const attempt = signIn({ login: 'alice', password: typed, address: '', requestId: '', userAgent: '' })
    expect((await refusal(attempt)).code).toBe('forbidden')
  }
  // The twin: other ways in still begin sessions.
  expect(await startSession(alice.id, { userAgent: '', address: '' })).toMatch(/^[0-9a-f-]{36}$/)
})

it('lets passwords be off only where there is another way in', () => {
  expect(parseConfig({}).passwordSignIn).toBe(true)
  expect(parseConfig({ ...provider, OPENESC_PASSWORD_SIGN_IN: 'off' }).passwordSignIn).toBe(false)
  expect(() => parseConfig({ OPENESC_PASSWORD_SIGN_IN: 'off' })).toThrow('OPENESC_PASSWORD_SIGN_IN')
  expect(() => parseConfig({ OPENESC_PASSWORD_SIGN_IN: 'no' })).toThrow('on or off')
})
