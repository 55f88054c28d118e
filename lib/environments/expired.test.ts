import { expect, it } from 'vitest'
import { database } from '@/lib/db'
import { describeOnEachDatabase } from '@/tests/support/each-database'
import { addEnvironment, addOrganization, addPerson } from '@/tests/support/installation'
import { removeDeletedEnvironments, removeExpiredSessions } from './expired'

const day = 24 * 3600 * 1000

describeOnEachDatabase('what is past its time', () => {
  it('goes, and what is not stays', async () => {
    const admin = await addPerson('ada')
    const organization = await addOrganization('acme', { admin })
    const living = await addEnvironment(organization, 'web/living')
    const restorable = await addEnvironment(organization, 'web/restorable')
    const old = await addEnvironment(organization, 'web/old')
    const deleted = (id: string, days: number) =>
      database().environment.update({ where: { id }, data: { deletedAt: new Date(Date.now() - days * day) } })
    await deleted(restorable.id, 29)
    await deleted(old.id, 31)
    const session = { organizationId: organization.id, environmentId: living.id, sealed: new Uint8Array(1) }
    await database().openSession.create({
      data: { ...session, id: 'over', expiresAt: new Date(Date.now() - 1) },
    })
    await database().openSession.create({
      data: { ...session, id: 'open', expiresAt: new Date(Date.now() + day) },
    })

    expect(await removeDeletedEnvironments()).toBe('idle')
    expect(await removeExpiredSessions()).toBe('idle')

    const left = await database().environment.findMany({ orderBy: { name: 'asc' } })
    expect(left.map(({ name }) => name)).toEqual(['living', 'restorable'])
    expect(await database().openSession.findMany({ select: { id: true } })).toEqual([{ id: 'open' }])
    const where = { event: 'environment-purged' }
    expect(await database().auditEvent.findMany({ where })).toMatchObject([{ environment: 'web/old' }])
  })
})
