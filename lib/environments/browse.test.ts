import { beforeAll, describe, expect, it } from 'vitest'
import type { Grant, Where } from '@/lib/access/grants'
import { environmentsAllowing } from '@/lib/access/visible'
import { allOf, environmentsAllowingSql } from '@/lib/access/visible-sql'
import { database, Prisma } from '@/lib/db'
import { describeOnEachDatabase } from '../../tests/support/each-database'
import { refusal } from '../../tests/support/failures'
import {
  addEnvironment,
  addGrant,
  addOrganization,
  addPerson,
  type TestOrganization,
  type TestPerson,
} from '../../tests/support/installation'
import { type Browsing, browseEnvironments } from './browse'
import { createEnvironmentTag } from './environment-tags'
import { readEnvironment } from './read'
import { saveEnvironment } from './save'
import { updateSettings } from './settings'

describeOnEachDatabase('browsing environments', () => {
  let alice: TestPerson
  let bob: TestPerson
  let acme: TestOrganization
  let shopProd: string

  beforeAll(async () => {
    alice = await addPerson('alice')
    bob = await addPerson('bob')
    acme = await addOrganization('acme', {
      admin: alice,
      members: [[bob, 'member']],
      defaultPermission: 'none',
    })
    const foreign = await addOrganization('other', { admin: bob })
    await addEnvironment(foreign, 'shop/foreign', { owner: bob })
    const prod = await addEnvironment(acme, 'Shop/prod', { owner: alice })
    shopProd = prod.id
    await addGrant(prod, bob, 'read')
    await addEnvironment(acme, 'Shop/Base', { owner: alice })
    await addEnvironment(acme, 'pay/base', { owner: bob })
    await addEnvironment(acme, 'pay/Edge', { owner: alice })
    const reference = { organization: 'acme', project: 'shop', name: 'prod' }
    const pay = { organization: 'acme', project: 'pay', name: 'edge' }
    await createEnvironmentTag(alice.actor, { ...reference, tag: 'team', value: 'xPay' })
    await createEnvironmentTag(alice.actor, { ...pay, tag: 'team', value: 'edge' })
    await createEnvironmentTag(alice.actor, { ...pay, tag: 'tier', value: '1' })
    await updateSettings(alice.actor, { ...pay, deletionProtected: true })
    for (const name of ['prod', 'base']) await importInto({ project: 'shop', name }, 'pay/edge')
    await importInto({ project: 'shop', name: 'prod' }, 'shop/base', 'pay/edge')
  })

  async function importInto(at: { project: string; name: string }, ...imports: string[]) {
    const reference = { organization: 'acme', ...at }
    const { etag } = await readEnvironment(alice.actor, reference)
    const definition = `imports: [${imports.join(', ')}]\n`
    await saveEnvironment(alice.actor, { ...reference, definition, etag })
  }

  async function names(browsing: Partial<Browsing> = {}, person = alice) {
    const { groups } = await browseEnvironments(person.actor, { organization: 'ACME', ...browsing })
    return groups.flatMap(({ environments }) => environments.map(({ project, name }) => `${project}/${name}`))
  }

  it('shows what the caller may see, by project and name', async () => {
    expect(await names()).toEqual(['pay/base', 'pay/Edge', 'Shop/Base', 'Shop/prod'])
    expect(await names({}, bob)).toEqual(['pay/base', 'Shop/prod'])
    const stranger = await addPerson('carol')
    expect((await refusal(browseEnvironments(stranger.actor, { organization: 'acme' }))).code).toBe(
      'not_found',
    )
  })

  it('finds by a part of the name, of the project, of both, and of a tag', async () => {
    expect(await names({ search: 'BASE' })).toEqual(['pay/base', 'Shop/Base'])
    expect(await names({ search: 'shop/' })).toEqual(['Shop/Base', 'Shop/prod'])
    expect(await names({ search: 'op/pr' })).toEqual(['Shop/prod'])
    expect(await names({ search: 'team=xpay' })).toEqual(['Shop/prod'])
    expect(await names({ search: '%' })).toEqual([])
  })

  it('filters by project, tags, owner and protection, all at once', async () => {
    expect(await names({ project: 'SHOP' })).toEqual(['Shop/Base', 'Shop/prod'])
    expect(await names({ tags: [{ name: 'team' }] })).toEqual(['pay/Edge', 'Shop/prod'])
    expect(await names({ tags: [{ name: 'team', value: 'edge' }] })).toEqual(['pay/Edge'])
    expect(await names({ tags: [{ name: 'team' }, { name: 'tier' }] })).toEqual(['pay/Edge'])
    expect(await names({ owner: 'me' }, bob)).toEqual(['pay/base'])
    expect(await names({ deletionProtected: true })).toEqual(['pay/Edge'])
    expect(await names({ owner: 'me', project: 'shop', search: 'pr' })).toEqual(['Shop/prod'])
  })

  it('orders by times, newest first, and by how many use it', async () => {
    expect(await names({ order: 'created' })).toEqual(['pay/Edge', 'pay/base', 'Shop/Base', 'Shop/prod'])
    expect((await names({ order: 'modified' })).slice(0, 2)).toEqual(['Shop/prod', 'Shop/Base'])
    expect(await names({ order: 'used' })).toEqual(['pay/Edge', 'Shop/Base', 'pay/base', 'Shop/prod'])
  })

  it('groups by project or by a tag, with the totals of all pages', async () => {
    const ask = { organization: 'acme', limit: 1 }
    const byProject = await browseEnvironments(alice.actor, {
      ...ask,
      grouping: { by: 'project' },
      order: 'used',
    })
    expect(byProject).toMatchObject({ total: 4, groups: [{ title: 'pay', total: 2 }] })
    const byTag = await browseEnvironments(alice.actor, {
      organization: 'acme',
      grouping: { by: 'tag', name: 'team' },
    })
    expect(byTag.groups.map(({ title, total }) => [title, total])).toEqual([
      ['edge', 1],
      ['xPay', 1],
      [undefined, 2],
    ])
  })

  it.each([
    {},
    { order: 'modified' },
    { order: 'used', grouping: { by: 'project' } },
    { order: 'created', grouping: { by: 'tag', name: 'team' } },
  ] satisfies Partial<Browsing>[])('pages one by one as in one go: %j', async (browsing) => {
    const paged: string[] = []
    let cursor: string | undefined
    do {
      const page = await browseEnvironments(alice.actor, {
        organization: 'acme',
        ...browsing,
        cursor,
        limit: 1,
      })
      expect(page.total).toBe(4)
      paged.push(...page.groups.flatMap(({ environments }) => environments.map(({ id }) => id)))
      cursor = page.next
    } while (cursor !== undefined)
    const { groups } = await browseEnvironments(alice.actor, { organization: 'acme', ...browsing })
    expect(paged).toEqual(groups.flatMap(({ environments }) => environments.map(({ id }) => id)))
  })

  it('counts the users of an environment once each', async () => {
    const { groups } = await browseEnvironments(alice.actor, { organization: 'acme', search: 'edge' })
    expect(groups[0]?.environments[0]?.usedBy).toBe(2)
  })

  it.each(['nonsense', Buffer.from('["","x","",""]').toString('base64url')])(
    'refuses a cursor that is not its own: %s',
    async (cursor) => {
      const page = browseEnvironments(alice.actor, { organization: 'acme', cursor })
      expect((await refusal(page)).code).toBe('invalid')
    },
  )

  describe('the two forms of one condition', () => {
    const tag: Where = { kind: 'tag', name: 'team', value: 'edge' }
    const project: Where = { kind: 'project', key: 'pay' }
    const anyTag: Where = { kind: 'tag', name: 'team' }
    it.each<{ where: Where[] }>([
      { where: [] },
      { where: [{ kind: 'organization' }] },
      { where: [{ kind: 'organization' }, { kind: 'every_environment' }] },
      { where: [{ kind: 'environment', id: 'nothing' }, tag] },
      { where: [anyTag] },
      { where: [{ kind: 'all_of', rules: [project, anyTag] }] },
      { where: [{ kind: 'all_of', rules: [] }] },
      { where: [{ kind: 'all_of', rules: [{ kind: 'any_of', rules: [] }, project] }] },
      { where: [{ kind: 'all_of', rules: [{ kind: 'organization' }, project] }] },
      { where: [{ kind: 'any_of', rules: [project, { kind: 'all_of', rules: [tag, project] }] }] },
      { where: [{ kind: 'any_of', rules: [] }, project] },
    ])('agree on $where', async ({ where }) => {
      const ids = [...where, { kind: 'created_by', personId: bob.id } as const]
      for (const list of [where, ids, [...where, { kind: 'environment', id: shopProd } as const]]) {
        const grants = list.map(
          (at): Grant => ({
            through: { kind: 'operator' },
            where: at,
            permits: new Set(['environment:list']),
          }),
        )
        const rows = await database().environment.findMany({
          where: { AND: [{ organizationId: acme.id }, environmentsAllowing(grants, 'environment:list')] },
        })
        const inOrganization = Prisma.sql`e."organizationId" = ${acme.id}`
        const condition = allOf([inOrganization, environmentsAllowingSql(grants, 'environment:list')])
        const raw = await database().$queryRaw<{ id: string }[]>`
          SELECT e."id" FROM "Environment" e WHERE ${condition}`
        expect(raw.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort())
      }
    })
  })
})
