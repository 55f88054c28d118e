/** Reads the runners' JSON reports into `{ passed, failed, skipped: [{ name, reason }] }`. */

export function vitestResult({ testResults }) {
  const tests = testResults.flatMap((file) => file.assertionResults)
  const count = (status) => tests.filter((test) => test.status === status).length
  // A file that could not be loaded has no tests to fail.
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const skipped = tests
    .filter((test) => !['passed', 'failed'].includes(test.status))
    .map((test) => ({ name: test.fullName, reason: '' }))
  return { passed: count('passed'), failed: count('failed') + brokenFiles, skipped }
}

export function playwrightResult({ stats, errors, suites }) {
  const skipped = suites.flatMap((suite) => skippedSpecs(suite, []))
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped }
}

function skippedSpecs(suite, path) {
  const here = [...path, suite.title]
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests
      .filter((test) => test.status === 'skipped')
      .map((test) => ({ name: [...here, spec.title].join(' › '), reason: skipReason(test) })),
  )
  return [...own, ...(suite.suites ?? []).flatMap((child) => skippedSpecs(child, here))]
}

function skipReason({ annotations }) {
  return annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? ''
}
