import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../tests/support/each-database'
import { refusal } from '../../tests/support/failures'
import {
  addEnvironment,
  addGrant,
  addOrganization,
  addPerson,
  type TestPerson,
} from '../../tests/support/installation'
import { newestRevisions } from './newest-revisions'

describeOnEachDatabase('the newest revisions of imports', () => {
  let alice: TestPerson
  let bob: TestPerson

  beforeAll(async () => {
    alice = await addPerson('alice')
    bob = await addPerson('bob')
    const acme = await addOrganization('acme', {
      admin: alice,
      members: [[bob, 'member']],
      defaultPermission: 'none',
    })
    await addEnvironment(acme, 'Shop/Base')
    await addGrant(await addEnvironment(acme, 'default/one'), bob, 'read')
  })

  const ask = (person: TestPerson, ...names: string[]) =>
    newestRevisions(person.actor, { organization: 'acme', names })

  describe('are told', () => {
    it('whatever version the import names, and without a project', async () => {
      expect(await ask(alice, 'shop/base@7', 'one', 'no/thing', 'not a name @')).toEqual(
        expect.arrayContaining([
          ['shop/base', 1],
          ['default/one', 1],
        ]),
      )
    })

    it('only of what may be read', async () => {
      expect(await ask(bob, 'shop/base', 'one')).toEqual([['default/one', 1]])
      expect(await ask(bob)).toEqual([])
      expect((await refusal(ask(await addPerson('carol'), 'one'))).code).toBe('not_found')
    })
  })
})
