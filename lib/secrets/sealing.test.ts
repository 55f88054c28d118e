import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { database, withTransaction } from '@/lib/db'
import { describeOnEachDatabase } from '@/tests/support/each-database'
import {
  addEnvironment,
  addOrganization,
  addPerson,
  type TestOrganization,
} from '@/tests/support/installation'
import {
  environmentCipher,
  openSealed,
  openSessionPlace,
  organizationKeys,
  rekeyOrganization,
  seal,
  sealingKeys,
} from '.'
import { Key } from './key'
import { masterKey } from './keyring'
import { rekeyMaster } from './rekey-master'

async function addSession(organization: TestOrganization, text: string): Promise<string> {
  const id = randomUUID()
  const { id: organizationId } = organization
  await withTransaction(async (tx) => {
    const sealed = await seal(tx, openSessionPlace(organizationId, id), Buffer.from(text))
    const expiresAt = new Date(Date.now() + 60_000)
    await tx.openSession.create({ data: { id, organizationId, sealed, expiresAt } })
  })
  return id
}

async function readSession(organization: TestOrganization, id: string): Promise<string> {
  const { sealed } = await database().openSession.findUniqueOrThrow({ where: { id } })
  return String(await openSealed(database(), openSessionPlace(organization.id, id), sealed))
}

async function cipherOf(organization: TestOrganization, environmentId: string) {
  return environmentCipher(environmentId, await organizationKeys(database(), organization.id))
}

const notAuthentic = { name: 'SealError', code: 'not_authentic' }

describeOnEachDatabase('sealing', () => {
  let acme: TestOrganization
  let other: TestOrganization
  beforeAll(async () => {
    const admin = await addPerson('ada')
    acme = await addOrganization('acme', { admin })
    other = await addOrganization('other', { admin })
  })

  describe('K02: a sealed value moved by SQL does not open', () => {
    it('in another row', async () => {
      const [one, two] = [await addSession(acme, 'one'), await addSession(acme, 'two')]
      expect([await readSession(acme, one), await readSession(acme, two)]).toEqual(['one', 'two'])
      await database().$executeRaw`
        UPDATE "OpenSession" a SET "sealed" = b."sealed" FROM "OpenSession" b
        WHERE a."id" IN (${one}, ${two}) AND b."id" IN (${one}, ${two}) AND a."id" <> b."id"`
      await expect(readSession(acme, one)).rejects.toMatchObject(notAuthentic)
      await expect(readSession(acme, two)).rejects.toMatchObject(notAuthentic)
    })

    it('in another organization', async () => {
      const id = await addSession(acme, 'mine')
      await database().$executeRaw`UPDATE "OpenSession" SET "organizationId" = ${other.id} WHERE "id" = ${id}`
      await expect(readSession(other, id)).rejects.toMatchObject({ code: 'unknown_key' })
    })

    it('in another field or kind of record', async () => {
      const place = openSessionPlace(acme.id, 'same')
      const sealed = await withTransaction((tx) => seal(tx, place, Buffer.from('x')))
      const { current } = await organizationKeys(database(), acme.id)
      expect(String(await openSealed(database(), place, sealed))).toBe('x')
      await expect(openSealed(database(), { ...place, field: 'other' }, sealed)).rejects.toMatchObject(
        notAuthentic,
      )
      await expect(openSealed(database(), { ...place, kind: 'other' }, sealed)).rejects.toMatchObject(
        notAuthentic,
      )
      expect(current.id).toMatch(/^[0-9a-f]{32}$/)
    })

    it('with a key that was given to another organization', async () => {
      const admin = await addPerson('eve')
      const [from, to] = [await addOrganization('from', { admin }), await addOrganization('to', { admin })]
      await database().$executeRaw`DELETE FROM "OrganizationKey" WHERE "organizationId" = ${to.id}`
      await database().$executeRaw`
        UPDATE "OrganizationKey" SET "organizationId" = ${to.id} WHERE "organizationId" = ${from.id}`
      await expect(organizationKeys(database(), to.id)).rejects.toMatchObject(notAuthentic)
    })
  })

  it('rekeys an organization: all stays readable, nothing stays under the old key', async () => {
    const environment = await addEnvironment(acme, 'project/rekeyed')
    const before = (await cipherOf(acme, environment.id)).encrypt('hunter2')
    const key = { environmentId: environment.id, number: 1 }
    const definition = `values: {a: {fn::secret: {ciphertext: ${before}}}} # kept\n`
    await database().revision.update({ where: { environmentId_number: key }, data: { definition } })
    const session = await addSession(acme, 'opened')
    const old = await organizationKeys(database(), acme.id)

    expect(await rekeyOrganization(acme.id)).toMatchObject({ revisions: 1 })

    const now = await organizationKeys(database(), acme.id)
    expect(now.current.id).not.toBe(old.current.id)
    const revision = await database().revision.findUniqueOrThrow({ where: { environmentId_number: key } })
    const after = /ciphertext: (\S+?)}/.exec(revision.definition)?.[1] ?? ''
    expect(revision.definition.replace(after, before)).toBe(definition)
    expect((await cipherOf(acme, environment.id)).decrypt(after)).toBe('hunter2')
    expect(await readSession(acme, session)).toBe('opened')
    await database().organizationKey.deleteMany({ where: { id: old.current.id } })
    expect((await cipherOf(acme, environment.id)).decrypt(after)).toBe('hunter2')
    expect(await readSession(acme, session)).toBe('opened')
  })

  it('does not let a rekey overtake who is sealing', async () => {
    let tellThatItHolds = () => {}
    const holds = new Promise<void>((resolve) => {
      tellThatItHolds = resolve
    })
    const order: string[] = []
    const sealing = withTransaction(async (tx) => {
      await sealingKeys(tx, other.id)
      tellThatItHolds()
      await new Promise((resolve) => setTimeout(resolve, 200))
      order.push('sealed')
    })
    await holds
    const rekeying = rekeyOrganization(other.id).then(() => order.push('rekeyed'))
    await Promise.all([sealing, rekeying])
    expect(order).toEqual(['sealed', 'rekeyed'])
  })

  it('replaces the master key: the old one opens nothing any more', async () => {
    const session = await addSession(acme, 'still here')
    const old = masterKey().id
    expect(await rekeyMaster(Key.random())).toMatchObject({ unreadable: 1 })
    expect(await readSession(acme, session)).toBe('still here')
    const outdated = { where: { masterKeyId: old } }
    expect(await database().organizationKey.count(outdated), 'the one that was given away').toBe(1)
    expect(await database().installation.count(outdated)).toBe(0)
  })
})
