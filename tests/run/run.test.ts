import { describe, expect, it, vi } from 'vitest'
import { playwrightResult, vitestResult } from './results.mjs'
import { report, sum } from './summary.mjs'

describe('a vitest report', () => {
  it('is counted, a file that did not load as one failure', () => {
    const file = (status: string, ...statuses: string[]) => ({
      status,
      assertionResults: statuses.map((each, index) => ({ status: each, fullName: `t${index}` })),
    })
    const testResults = [
      file('passed', 'passed', 'skipped', 'todo'),
      file('failed', 'failed', 'passed'),
      file('failed'),
    ]
    const skipped = [
      { name: 't1', reason: '' },
      { name: 't2', reason: '' },
    ]
    expect(vitestResult({ testResults })).toEqual({ passed: 2, failed: 2, skipped })
  })
})

describe('a playwright report', () => {
  it('is counted, with the reasons of skips in nested suites', () => {
    const skippedTest = { status: 'skipped', annotations: [{ type: 'skip', description: 'no aws' }] }
    const inner = { title: 'story', specs: [{ title: 'runs', tests: [skippedTest] }] }
    const suites = [{ title: 'story.spec.ts', specs: [], suites: [inner] }]
    const stats = { expected: 3, unexpected: 1, flaky: 0, skipped: 1 }
    expect(playwrightResult({ stats, errors: [{}], suites })).toEqual({
      passed: 3,
      failed: 2,
      skipped: [{ name: 'story.spec.ts › story › runs', reason: 'no aws' }],
    })
  })
})

describe('the summary', () => {
  const results = [
    { passed: 1, failed: 0, skipped: [] },
    {
      passed: 2,
      failed: 1,
      skipped: [
        { name: 'real aws @must-run', reason: 'absent' },
        { name: 'moto', reason: '' },
      ],
    },
  ]

  function lines(ci: string): string[] {
    vi.stubEnv('CI', ci)
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    report(sum(results))
    const printed = log.mock.calls.map(([line]) => String(line))
    log.mockRestore()
    vi.unstubAllEnvs()
    return printed
  }

  it('ends with the sums and names every skip', () => {
    expect(lines('')).toEqual([
      '',
      'skipped: real aws @must-run (absent)',
      'skipped: moto',
      '3 passed, 1 failed, 2 skipped',
    ])
  })

  it('fails what must not be skipped, in continuous integration', () => {
    expect(lines('true').slice(-2)).toEqual([
      'failed because it was skipped: real aws @must-run (absent)',
      '3 passed, 2 failed, 1 skipped',
    ])
  })
})
