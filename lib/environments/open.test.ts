import { beforeAll, expect, it } from 'vitest'
import { database } from '@/lib/db'
import { describeOnEachDatabase } from '@/tests/support/each-database'
import { addGrant, addOrganization, addPerson, type TestPerson } from '@/tests/support/installation'
import { createEnvironment } from './create'
import { openEnvironment } from './open'

const reference = { organization: 'acme', project: 'app', name: 'web' }

describeOnEachDatabase('an open that is refused', () => {
  let ada: TestPerson
  let reader: TestPerson
  let stranger: TestPerson

  beforeAll(async () => {
    ada = await addPerson('ada')
    reader = await addPerson('reader')
    stranger = await addPerson('stranger')
    const members: [TestPerson, 'member'][] = [
      [reader, 'member'],
      [stranger, 'member'],
    ]
    await addOrganization('acme', { admin: ada, members, defaultPermission: 'none' })
    await createEnvironment(ada.actor, reference)
    const environment = await database().environment.findFirstOrThrow({ where: { name: 'web' } })
    await addGrant(environment, reader, 'read')
  })

  const recorded = async () => {
    const rows = await database().auditEvent.findMany({
      where: { event: { startsWith: 'environment-' }, environment: 'app/web' },
      orderBy: { sequence: 'asc' },
    })
    return rows.map(({ event, actorLogin }) => `${actorLogin} ${event}`)
  }

  it('is remembered, with who tried', async () => {
    await expect(openEnvironment(reader.actor, reference)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await recorded()).toEqual(['ada environment-created', 'reader environment-unauthorized-open'])
  })

  it('leaves no trace where the environment is not even seen', async () => {
    const before = await recorded()
    await expect(openEnvironment(stranger.actor, reference)).rejects.toMatchObject({ code: 'not_found' })
    expect(await recorded()).toEqual(before)
  })
})
