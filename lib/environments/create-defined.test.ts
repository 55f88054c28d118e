import { beforeAll, describe, expect, it } from 'vitest'
import { database } from '@/lib/db'
import { describeOnEachDatabase } from '../../tests/support/each-database'
import { refusal } from '../../tests/support/failures'
import { addEnvironment, addOrganization, addPerson, type TestPerson } from '../../tests/support/installation'
import { checkEnvironment } from './check'
import { createDefinedEnvironments } from './create-defined'
import { readEnvironment } from './read'
import { listReferrers } from './referrers'

describeOnEachDatabase('creating environments with their definitions', () => {
  let alice: TestPerson
  let bill: TestPerson

  beforeAll(async () => {
    alice = await addPerson('alice')
    bill = await addPerson('bill')
    const acme = await addOrganization('acme', { admin: alice, members: [[bill, 'billing_manager']] })
    await addEnvironment(acme, 'shop/taken', { owner: alice })
  })

  const base = {
    project: 'shop',
    name: 'base',
    definition: 'values:\n  # kept\n  p:\n    fn::secret: hush\n',
  }
  const dev = { project: 'shop', name: 'dev', definition: 'imports:\n  - shop/base\nvalues:\n  q: ${p}\n' }
  const create = (environments: (typeof base)[], person = alice) =>
    createDefinedEnvironments(person.actor, { organization: 'acme', environments })
  const count = () => database().environment.count()

  it('makes a set that imports one another, secrets sealed', async () => {
    expect(await create([dev, base])).toEqual(['shop/dev', 'shop/base'])
    const { definition, revision } = await readEnvironment(alice.actor, { organization: 'acme', ...base })
    expect(revision).toBe(2)
    expect(definition).toContain('# kept')
    expect(definition).not.toContain('hush')
    const { referrers } = await listReferrers(alice.actor, { organization: 'acme', ...base })
    expect(referrers.latest).toEqual([{ project: 'shop', name: 'dev', revision: 2 }])
    const { environment } = await checkEnvironment(alice.actor, {
      organization: 'acme',
      project: 'shop',
      name: 'dev',
      showSecrets: true,
    })
    expect(environment?.properties).toMatchObject({ p: { value: 'hush' }, q: { value: 'hush' } })
  })

  describe('makes none of them when one', () => {
    const other = { ...base, name: 'other' }
    it.each([
      ['is taken', { ...base, name: 'TAKEN' }, 'conflict'],
      ['stands there twice', { ...other, name: 'OTHER' }, 'conflict'],
      ['has a bad name', { ...base, name: 'a b' }, 'invalid'],
      ['has errors', { ...base, name: 'x', definition: 'values:\n  a: ${missing}\n' }, 'diagnostics'],
      [
        'imports what is not there',
        { ...base, name: 'x', definition: 'imports: [shop/nothing]\n' },
        'diagnostics',
      ],
      ['has a ciphertext of elsewhere', { ...base, name: 'x', definition: ciphertext() }, 'diagnostics'],
    ])('%s', async (_, bad, code) => {
      const before = await count()
      expect((await refusal(create([other, bad]))).code).toBe(code)
      expect(await count()).toBe(before)
    })
  })

  it('needs the right to create, and membership', async () => {
    const [other] = [{ ...base, name: 'other' }]
    expect((await refusal(create([other], bill))).code).toBe('forbidden')
    expect((await refusal(create([other], await addPerson('carol')))).code).toBe('not_found')
    expect((await refusal(create([]))).code).toBe('invalid')
  })
})

function ciphertext(): string {
  const text = Buffer.from('escx\0\0\0\x01nothing of ours at all, and no checksum').toString('base64')
  return `values:\n  a:\n    fn::secret:\n      ciphertext: ${text}\n`
}
