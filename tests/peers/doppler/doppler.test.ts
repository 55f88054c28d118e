import Doppler from '@dopplerhq/node-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Double } from '../double'
import { startDoppler } from '.'

let doppler: Double

beforeAll(async () => {
  const trust = { issuer: 'https://unused.example.com', audience: 'doppler:acme' }
  const configs = { 'shop/prd': { DB: 'hunter2' } }
  doppler = await startDoppler({ identity: 'i', trust, tokens: ['dp.st.known'], configs })
})

afterAll(() => doppler.stop())

function sdk(accessToken: string) {
  const client = new Doppler({ accessToken })
  client.setBaseUrl(doppler.url)
  return client
}

test("Doppler's own SDK reads a secret", async () => {
  const secret = await sdk('dp.st.known').secrets.get('shop', 'prd', 'DB')
  expect(secret.value?.computed).toBe('hunter2')
})

test('a token that is not known is refused', async () => {
  await expect(sdk('dp.st.other').secrets.get('shop', 'prd', 'DB')).rejects.toThrow()
})
