import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '@/tests/support/each-database'
import { addOrganization, addPerson, type TestPerson } from '@/tests/support/installation'
import { checkDefinition } from './check'
import { createEnvironment } from './create'
import { retractRevision } from './retract'
import { createRevisionTag } from './revision-tags'
import { saveEnvironment } from './save'

const of = (name: string) => ({ organization: 'acme', project: 'app', name })

describeOnEachDatabase('a retracted revision', () => {
  let ada: TestPerson

  beforeAll(async () => {
    ada = await addPerson('ada')
    await addOrganization('acme', { admin: ada })
    await createEnvironment(ada.actor, of('base'))
    for (const stage of ['one', 'two', 'three']) {
      await saveEnvironment(ada.actor, { ...of('base'), definition: `values:\n  stage: ${stage}\n` })
    }
    await createRevisionTag(ada.actor, { ...of('base'), tag: 'stable', revision: 3 })
    await retractRevision(ada.actor, { ...of('base'), version: '3', reason: 'wrong' })
  })

  const importing = async (name: string) => {
    const definition = `imports:\n  - app/base\n  - ${name}\nvalues: {}\n`
    const { diagnostics } = await checkDefinition(ada.actor, { organization: 'acme', definition })
    return diagnostics
  }

  it('is replaced with a warning where it is imported by number', async () => {
    expect(await importing('app/base@3')).toMatchObject([
      {
        severity: 'warning',
        code: 'import',
        range: { begin: { line: 3 } },
        summary: '"app/base@3": revision 3 is retracted; revision 2 is used in its place',
      },
    ])
  })

  it('is not spoken of where the others are imported, nor where a tag has moved on', async () => {
    expect(await importing('app/base@2')).toEqual([])
    expect(await importing('app/base@stable')).toEqual([])
  })
})
