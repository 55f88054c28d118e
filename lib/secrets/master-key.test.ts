import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeDatabase, database, openDatabase } from '@/lib/db'
import { insertOrganization } from '@/lib/organizations/create'
import { withTransaction } from '../db'
import { lockKeyring, sealWithMaster, unlock } from '.'
import { findMasterKey } from './master-key'

let dataDirectory = ''
beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'openesc-key-'))
  await openDatabase({ dataDirectory })
}, 60_000)
afterAll(async () => {
  await closeDatabase()
  await rm(dataDirectory, { recursive: true, force: true })
})
beforeEach(() => lockKeyring())

const keyFile = () => join(dataDirectory, 'master.key')
const snapshot = async () => ({
  files: (await readdir(dataDirectory)).sort(),
  installation: await database().installation.findMany(),
})

describe('K04: the master key of an installation', () => {
  it('is made on the first start, for its owner only', async () => {
    await unlock({ dataDirectory })
    expect((await stat(keyFile())).mode & 0o777).toBe(0o600)
    expect(await database().installation.count()).toBe(1)
  })

  it('opens the same database again', async () => {
    await unlock({ dataDirectory })
    expect(sealWithMaster({ kind: 'x', id: '1' }, Buffer.from('x')).masterKeyId).toBeTruthy()
  })

  it('is refused when it is another one, and nothing changes', async () => {
    const before = await snapshot()
    const masterKey = randomBytes(32).toString('base64')
    await expect(unlock({ dataDirectory, masterKey })).rejects.toMatchObject({ code: 'master_key_wrong' })
    expect(await snapshot()).toEqual(before)
    expect(() => sealWithMaster({ kind: 'x', id: '1' }, Buffer.from('x'))).toThrow('locked')
  })

  it('is missed when the file is gone, and none is made', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'openesc-key-'))
    const before = await snapshot()
    const refused = unlock({ dataDirectory: elsewhere })
    await expect(refused).rejects.toMatchObject({ code: 'master_key_missing' })
    expect(await readdir(elsewhere)).toEqual([])
    expect(await snapshot()).toEqual(before)
    await rm(elsewhere, { recursive: true })
  })

  it('is missed when the database has data but no installation', async () => {
    await unlock({ dataDirectory })
    const actor = {
      principal: { kind: 'operator' },
      credential: { kind: 'operator', id: '', name: '' },
    } as const
    const person = await database().person.create({
      data: { login: 'ada', loginKey: 'ada', name: 'Ada', email: 'a@example.com', emailKey: 'a@example.com' },
    })
    await withTransaction((tx) =>
      insertOrganization(
        tx,
        { ...actor, address: '', requestId: '' },
        { name: 'acme', kind: 'shared', adminId: person.id },
      ),
    )
    const [row] = await database().installation.findMany()
    await database().installation.deleteMany()
    lockKeyring()
    await expect(unlock({ dataDirectory })).rejects.toMatchObject({ code: 'master_key_missing' })
    expect(await database().installation.count()).toBe(0)
    if (row) await database().installation.create({ data: row })
    await unlock({ dataDirectory })
  })
})

describe('a master key that is given', () => {
  it('is taken from a variable or a file', async () => {
    const masterKey = randomBytes(32).toString('base64')
    const file = join(dataDirectory, 'given')
    await writeFile(file, `${masterKey}\n`)
    const fromVariable = await findMasterKey({ dataDirectory, masterKey })
    const fromFile = await findMasterKey({ dataDirectory, masterKeyFile: file })
    expect(fromFile?.id).toBe(fromVariable?.id)
  })

  it.each([
    ['too short', randomBytes(31).toString('base64'), 'config_invalid'],
    ['hexadecimal', randomBytes(32).toString('hex'), 'config_invalid'],
    ['zeros', Buffer.alloc(32).toString('base64'), 'master_key_weak'],
    ['counted', Buffer.from(Array.from({ length: 32 }, (_, n) => n)).toString('base64'), 'master_key_weak'],
    ['words', Buffer.from('correct horse battery staple one').toString('base64'), 'master_key_weak'],
    ['two patterns', Buffer.from('ab'.repeat(32), 'hex').toString('base64'), 'master_key_weak'],
  ])('I01: is refused when it is %s, without saying it', async (_name, masterKey, code) => {
    const refused = findMasterKey({ dataDirectory, masterKey })
    await expect(refused).rejects.toMatchObject({ code })
    await expect(refused).rejects.not.toThrow(masterKey.slice(0, 8))
  })

  it('is never taken for weak when it is random', async () => {
    for (let n = 0; n < 2000; n++) {
      await findMasterKey({ dataDirectory, masterKey: randomBytes(32).toString('base64') })
    }
  })

  it('is missed when its file is not there', async () => {
    const refused = findMasterKey({ dataDirectory, masterKeyFile: join(dataDirectory, 'none') })
    await expect(refused).rejects.toMatchObject({ code: 'master_key_missing' })
  })
})
