import { describe, expect, it } from 'vitest'
import { explainValue, type Loader, openDefinition } from '@/lib/language'
import { options } from './support'

const texts: { readonly [name: string]: string } = {
  base: 'values:\n  db: {host: base, port: 1}\n',
  over: 'values:\n  db: {host: over}\n',
}

const loader: Loader = {
  load: (name) => ({
    name,
    definition: texts[name] ?? '',
    revision: name === 'base' ? 7 : 3,
    identity: `id-${name}`,
  }),
}

describe('origins', () => {
  const definition = 'imports: [base, over]\nvalues:\n  db:\n    host: mine\n  copy: ${db.port}\n'
  const explain = async (path: readonly (string | number)[]) => {
    const evaluation = await openDefinition(options(definition, { loader, revision: 12 }))
    return explainValue(evaluation, path).map(({ environment, revision, range, value }) => ({
      at: `${environment}@${revision}:${range?.begin.line}`,
      value: value.value,
    }))
  }

  it('lists what a value overrode, the last layer first', async () => {
    expect(await explain(['db', 'host'])).toEqual([
      { at: 'env@12:4', value: 'mine' },
      { at: 'over@3:2', value: 'over' },
      { at: 'base@7:2', value: 'base' },
    ])
  })

  it('finds values that only an import has', async () => {
    expect(await explain(['db', 'port'])).toEqual([{ at: 'base@7:2', value: 1 }])
  })

  it('names the expression that took a value over', async () => {
    expect(await explain(['copy'])).toEqual([{ at: 'env@12:5', value: 1 }])
  })

  it('knows nothing of values that are not there', async () => {
    expect(await explain(['db', 'nothing'])).toEqual([])
    expect(await explain(['__proto__'])).toEqual([])
  })
})
