import { beforeAll, expect, it } from 'vitest'
import { consumeOutbox } from '@/lib/audit'
import { database } from '@/lib/db'
import { createDefinedEnvironments } from '@/lib/environments/create-defined'
import { saveEnvironment } from '@/lib/environments/save'
import { describeOnEachDatabase } from '@/tests/support/each-database'
import { addOrganization, addPerson, type TestPerson } from '@/tests/support/installation'
import { webhookConsumer } from './plan'

describeOnEachDatabase('deliveries', () => {
  let admin: TestPerson

  /** The same names everywhere: `app/site` imports `app/base`, and webhooks tell of everything. */
  async function furnish(name: string): Promise<void> {
    const { id: organizationId } = await addOrganization(name, { admin })
    const environments = [
      { project: 'app', name: 'base', definition: 'values:\n  n: 1\n' },
      { project: 'app', name: 'site', definition: 'imports:\n  - app/base\n' },
    ]
    await createDefinedEnvironments(admin.actor, { organization: name, environments })
    const site = await database().environment.findFirstOrThrow({ where: { organizationId, name: 'site' } })
    for (const environmentId of [null, site.id]) {
      await database().webhook.create({
        data: {
          organizationId,
          environmentId,
          name: `${name}-${environmentId === null ? 'all' : 'site'}`,
          displayName: '',
          payloadUrl: 'https://example.com',
          format: 'raw',
          filters: [],
          groups: [],
          active: true,
        },
      })
    }
  }

  async function settle(): Promise<void> {
    while ((await consumeOutbox([webhookConsumer])) === 'more');
  }

  beforeAll(async () => {
    admin = await addPerson('admin-person')
    for (const name of ['ours', 'theirs']) await furnish(name)
    await settle()
    await database().webhookDelivery.deleteMany()
  })

  it('A01: are for what happens in the own organization, whatever others call their environments', async () => {
    const place = { organization: 'ours', project: 'app', name: 'base' }
    await saveEnvironment(admin.actor, { ...place, definition: 'values:\n  n: 2\n' })
    await settle()
    const deliveries = await database().webhookDelivery.findMany({ include: { webhook: true } })
    const told = new Set(deliveries.map(({ webhook }) => webhook.name))
    expect([...told].sort()).toEqual(['ours-all', 'ours-site'])
  })
})
