import { describe, expect, it } from 'vitest'
import { findCases } from './cases'
import { conformanceFolder, hasConformanceData } from './location'

describe.skipIf(!hasConformanceData())('conformance data', () => {
  const cases = hasConformanceData() ? findCases(conformanceFolder()) : []

  it('has cases', () => {
    expect(cases.length).toBeGreaterThan(0)
  })

  it.each(cases)('$name', async ({ run }) => {
    await run()
  })
})
