/** Tests with this in their name prove what the product is for: where CI is set they fail when they are skipped. */
const mustRun = '@must-run'

/** Adds results up. */
export function sum(results) {
  const skipped = results.flatMap((result) => result.skipped)
  const forbidden = process.env.CI ? skipped.filter(({ name }) => name.includes(mustRun)) : []
  const add = (key) => results.reduce((total, result) => total + result[key], 0)
  return {
    passed: add('passed'),
    failed: add('failed') + forbidden.length,
    skipped: skipped.filter((test) => !forbidden.includes(test)),
    forbidden,
  }
}

/** Prints what was skipped and why, then the sums as the last line. */
export function report({ passed, failed, skipped, forbidden }) {
  console.log('')
  for (const test of skipped) console.log(`skipped: ${described(test)}`)
  for (const test of forbidden) console.log(`failed because it was skipped: ${described(test)}`)
  console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`)
}

// Vitest reports no reasons, so there the name carries it in parentheses.
function described({ name, reason }) {
  return reason ? `${name} (${reason})` : name
}
