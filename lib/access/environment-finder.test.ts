import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../tests/support/each-database'
import { addEnvironment, addOrganization, addPerson, type TestPerson } from '../../tests/support/installation'
import { database } from '../db'
import { environmentFinder } from './environment-finder'
import { loadStanding } from './standing'

describeOnEachDatabase('environments that are looked up at once', () => {
  let alice: TestPerson

  beforeAll(async () => {
    alice = await addPerson('alice')
    const acme = await addOrganization('acme', { admin: alice })
    await addEnvironment(acme, 'Shop/Base')
    await addEnvironment(acme, 'default/one')
    const gone = await addEnvironment(acme, 'shop/gone')
    await database().environment.update({ where: { id: gone.id }, data: { deletedAt: new Date() } })
    const other = await addOrganization('other', { admin: alice })
    await addEnvironment(other, 'shop/elsewhere')
  })

  it('are found by their names in any case, and only the living ones of the organization', async () => {
    const standing = await loadStanding(database(), alice.actor, { name: 'acme' })
    if (!standing) throw new Error('alice has no part in acme')
    const find = environmentFinder(database(), standing)
    const ask = (...names: string[]) =>
      Promise.all(
        names.map(async (path) => {
          const [project = '', name = ''] = path.split('/')
          return (await find({ project, name }))?.environment.name
        }),
      )
    expect(
      await ask('shop/base', 'SHOP/BASE', 'shop/gone', 'shop/elsewhere', 'default/one', 'no/thing'),
    ).toEqual(['Base', 'Base', undefined, undefined, 'one', undefined])
    expect(await ask('default/one')).toEqual(['one'])
  })
})
