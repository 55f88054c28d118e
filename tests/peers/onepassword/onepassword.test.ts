import { OnePasswordConnect } from '@1password/connect'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Double } from '../double'
import { startConnect } from '.'

const vault = 'v'.repeat(26)
let connect: Double

beforeAll(async () => {
  const item = { id: 'i'.repeat(26), title: 'db', fields: [{ id: 'f', label: 'password', value: 'hunter2' }] }
  connect = await startConnect({ token: 'known', vaults: [{ id: vault, name: 'Shop', items: [item] }] })
})

afterAll(() => connect.stop())

test("1Password's own SDK finds a vault and an item", async () => {
  const client = OnePasswordConnect({ serverURL: connect.url, token: 'known', keepAlive: false })
  expect((await client.getVaultByTitle('Shop')).id).toBe(vault)
  expect((await client.getItemByTitle(vault, 'db')).fields?.[0]?.value).toBe('hunter2')
})

test('another token is refused', async () => {
  const client = OnePasswordConnect({ serverURL: connect.url, token: 'other', keepAlive: false })
  await expect(client.listVaults()).rejects.toMatchObject({ status: 401 })
})
