import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signIn } from '@/lib/access/signin'
import { closeDatabase, database, openDatabase } from '@/lib/db'
import { lockKeyring, unlock } from '@/lib/secrets'
import { prepareNextKey } from '@/lib/secrets/master-key'
import { rekeyMaster } from '@/lib/secrets/rekey-master'
import { type TemporaryDatabase, temporaryDatabase } from '@/tests/support/database'
import { addOrganization, addPerson } from '@/tests/support/installation'
import { listenForOperator } from './operator'
import { operatorSocket } from './operator-socket'

const root = fileURLToPath(new URL('..', import.meta.url))
const where = { address: '192.0.2.1', requestId: 'test', userAgent: '' }

let temporary: TemporaryDatabase
let stop: () => Promise<void>
beforeAll(async () => {
  temporary = await temporaryDatabase()
  stop = await listenForOperator(temporary.dataDirectory)
  const admin = await addPerson('ada', { password: 'the first password' })
  await addOrganization('acme', { admin })
})
afterAll(async () => {
  await stop()
  await temporary.close()
})

/** Runs the command as `npm run admin --` does. */
function admin(args: string[], { input = '', dataDirectory = temporary.dataDirectory } = {}) {
  return new Promise<{ code: number | null; printed: string }>((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/admin.ts', ...args], {
      cwd: root,
      env: { ...process.env, OPENESC_DATA_DIR: dataDirectory },
    })
    let printed = ''
    child.stdout.on('data', (data) => (printed += data))
    child.stderr.on('data', (data) => (printed += data))
    child.stdin.end(input)
    child.once('close', (code) => resolve({ code, printed }))
  })
}

describe('operator commands', () => {
  it('come through a socket that only its owner may use', async () => {
    expect((await stat(operatorSocket(temporary.dataDirectory))).mode & 0o777).toBe(0o600)
  })

  it('say when no server runs', async () => {
    const { code, printed } = await admin(['verify'], { dataDirectory: root })
    expect(code).toBe(1)
    expect(printed).toContain('No OpenESC server is running')
  })

  it('explain themselves', async () => {
    expect(await admin(['nonsense'])).toMatchObject({
      code: 2,
      printed: expect.stringContaining('reset-password'),
    })
  })

  it('verify the audit log', async () => {
    const { code, printed } = await admin(['verify'])
    expect(printed).toMatch(/^acme: \d+ audit entries, intact/m)
    expect(code).toBe(0)
  })

  it('give organizations new keys', async () => {
    const before = await database().organizationKey.count()
    const { code, printed } = await admin(['rekey'])
    expect(printed).toContain('acme: new key')
    expect(code).toBe(0)
    expect(await database().organizationKey.count()).toBe(2 * before)
  })

  it('set a password', async () => {
    const { code, printed } = await admin(['reset-password', 'ada'], { input: 'the second password\n' })
    expect(printed).toContain('The password is set')
    expect(code).toBe(0)
    await expect(signIn({ login: 'ada', password: 'the first password', ...where })).rejects.toThrow()
    expect(await signIn({ login: 'ada', password: 'the second password', ...where })).toMatchObject({
      login: 'ada',
    })
  })

  it('refuse a password that is too weak, and a person who does not exist', async () => {
    expect((await admin(['reset-password', 'ada'], { input: 'x\n' })).code).toBe(1)
    const { code, printed } = await admin(['reset-password', 'nobody'], { input: 'the third password\n' })
    expect(code).toBe(1)
    expect(printed).toContain('Not Found')
  })

  it('name a bad audit entry', async () => {
    await database().$executeRawUnsafe('ALTER TABLE "AuditEvent" DISABLE TRIGGER USER')
    await database().$executeRawUnsafe(`UPDATE "AuditEvent" SET "event" = 'other' WHERE "sequence" = 1`)
    const { code, printed } = await admin(['verify'])
    expect(code).toBe(1)
    expect(printed).toContain('acme: audit entry 1 is bad (altered_entry)')
  })
})

describe('replacing the master key', () => {
  it('needs the new one where the server was given its key', async () => {
    expect((await admin(['rekey-master'])).printed).toContain('--key-file')
  })

  describe('that was generated', () => {
    let own: { dataDirectory: string }
    beforeAll(async () => {
      await stop()
      lockKeyring()
      await closeDatabase()
      own = await databaseWithGeneratedKey()
    }, 60_000)
    const start = () => {
      lockKeyring()
      return unlock(own)
    }

    it('makes another one', async () => {
      const before = await readFile(join(own.dataDirectory, 'master.key'), 'utf8')
      expect((await admin(['rekey-master'], own)).code).toBe(0)
      await start()
      expect(await readFile(join(own.dataDirectory, 'master.key'), 'utf8')).not.toBe(before)
      expect(await readdir(own.dataDirectory)).not.toContain('master.key.next')
    })

    it('is finished by the next start when it was interrupted', async () => {
      await rekeyMaster(await prepareNextKey(own.dataDirectory))
      expect(await readdir(own.dataDirectory)).toContain('master.key.next')
      await start()
      expect(await readdir(own.dataDirectory)).not.toContain('master.key.next')
      await start()
    })

    it('is ignored by the next start when it was interrupted early', async () => {
      await prepareNextKey(own.dataDirectory)
      await start()
      expect(await readdir(own.dataDirectory)).toContain('master.key.next')
    })
  })
})

async function databaseWithGeneratedKey() {
  const dataDirectory = `${temporary.dataDirectory}/own-${randomBytes(3).toString('hex')}`
  await openDatabase({ dataDirectory })
  await unlock({ dataDirectory })
  stop = await listenForOperator(dataDirectory)
  return { dataDirectory }
}
