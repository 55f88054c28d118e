import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { database } from '@/lib/db'
import { checkDefinition } from '@/lib/language'
import { projectRoot } from '@/lib/project-root'
import { providerDocs } from '@/lib/providers/docs'
import { listProviders, providerRegistry } from '@/lib/providers/registry'
import { addEnvironment, addOrganization, addPerson } from '../support/installation'
import { type ProviderBench, startProviderBench } from '../support/providers'
import { startVendorDoubles, type VendorDoubles } from '../support/vendor-doubles'
import { providersReference } from './providers-reference'

test('docs/providers.md is what the schemas say; npm run docs:providers writes it', () => {
  const written = readFileSync(join(projectRoot(), 'docs', 'providers.md'), 'utf8')
  expect(written === providersReference()).toBe(true)
})

const names = listProviders().map(({ name }) => name)

test('every provider has documentation, and nothing else has', () => {
  expect(Object.keys(providerDocs).sort()).toEqual(names.toSorted())
})

describe('the example of', () => {
  let bench: ProviderBench
  let doubles: VendorDoubles

  beforeAll(async () => {
    bench = await startProviderBench()
    const admin = await addPerson('ada')
    const acme = await addOrganization('acme', { admin })
    await addEnvironment(acme, 'shop/dev', { owner: admin })
    await database().organization.update({ where: { id: acme.id }, data: { identityTokens: true } })
    doubles = await startVendorDoubles(bench)
  })

  afterAll(async () => {
    await doubles.stop()
    await bench.close()
  })

  test.each(names)('%s opens, and checks without a call', async (name) => {
    const definition = doubles.complete(providerDocs[name]?.example ?? '')
    expect(definition).toContain(`fn::open::${name}`)
    const checked = await checkDefinition({ name: 'shop/dev', definition, providers: providerRegistry })
    expect(checked.diagnostics).toEqual([])
    expect(checked.calls.map(({ status }) => status)).not.toContain('opened')
    const opened = await bench.open(definition)
    expect(opened.errors).toEqual([])
    expect(JSON.stringify(opened.values)).not.toBe('{}')
  })
})
