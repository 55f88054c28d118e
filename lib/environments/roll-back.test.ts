import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '@/tests/support/each-database'
import { addOrganization, addPerson, type TestPerson } from '@/tests/support/installation'
import { createEnvironment } from './create'
import { readEnvironment } from './read'
import { rollBack } from './roll-back'
import { saveEnvironment } from './save'

const reference = { organization: 'acme', project: 'app', name: 'web' }
const rotating = 'values:\n  key: { "fn::rotate::password": { inputs: {} } }\n'

describeOnEachDatabase('rolling back', () => {
  let ada: TestPerson

  beforeAll(async () => {
    ada = await addPerson('ada')
    await addOrganization('acme', { admin: ada })
    await createEnvironment(ada.actor, reference)
  })

  const save = (definition: string) => saveEnvironment(ada.actor, { ...reference, definition })

  async function back(revision: number, etag?: string) {
    const newest = await readEnvironment(ada.actor, reference)
    return rollBack(ada.actor, { ...reference, revision, etag: etag ?? newest.etag, message: 'Back' })
  }

  it('saves the old text as a new revision, and passes over nobody', async () => {
    const { etag } = await save('values:\n  a: 1\n')
    await save('values:\n  a: 2\n')
    await expect(back(2, etag)).rejects.toMatchObject({ code: 'etag_mismatch' })
    expect(await back(2)).toMatchObject({ revision: 4, definition: 'values:\n  a: 1\n' })
  })

  it('is refused from and to a text that rotates: its old state is dead', async () => {
    await save(rotating)
    await expect(back(2)).rejects.toMatchObject({ code: 'conflict' })
    await save('values:\n  a: 3\n')
    await expect(back(5)).rejects.toMatchObject({ code: 'conflict' })
    expect(await back(3)).toMatchObject({ revision: 7 })
  })
})
