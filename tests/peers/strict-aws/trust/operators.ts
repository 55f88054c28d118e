/** Does the condition hold for the values the request carries? `undefined` means the key is not in the request. */
type Operator = (actual: string[] | undefined, expected: string[]) => boolean

interface Comparison {
  matches(actual: string, expected: string): boolean
  negated: boolean
}

const equals = (actual: string, expected: string) => actual === expected
const equalsIgnoreCase = (actual: string, expected: string) => actual.toLowerCase() === expected.toLowerCase()

function like(actual: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')
  return new RegExp(`^${source}$`, 's').test(actual)
}

const comparisons: Record<string, Comparison> = {
  StringEquals: { matches: equals, negated: false },
  StringNotEquals: { matches: equals, negated: true },
  StringEqualsIgnoreCase: { matches: equalsIgnoreCase, negated: false },
  StringNotEqualsIgnoreCase: { matches: equalsIgnoreCase, negated: true },
  StringLike: { matches: like, negated: false },
  StringNotLike: { matches: like, negated: true },
}

/**
 * The operator of that name, with its `ForAnyValue:` / `ForAllValues:` qualifier and `IfExists` suffix.
 * An absent key satisfies negated operators, `…IfExists` and `ForAllValues:`, and nothing else (IAM user guide,
 * "Condition operators"). An unknown operator is undefined: its condition never holds.
 */
export function operator(name: string): Operator | undefined {
  const parts = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(name)
  const comparison = comparisons[parts?.[2] ?? '']
  if (!parts || !comparison) return undefined
  const qualifier = parts[1]
  const absent =
    parts[3] !== undefined || qualifier === 'ForAllValues' || (comparison.negated && qualifier === undefined)
  return (actual, expected) =>
    actual === undefined ? absent : compare(comparison, qualifier, actual, expected)
}

function compare(
  comparison: Comparison,
  qualifier: string | undefined,
  actual: string[],
  expected: string[],
): boolean {
  const holds = (value: string) =>
    expected.some((each) => comparison.matches(value, each)) !== comparison.negated
  if (qualifier === 'ForAllValues') return actual.every(holds)
  // Unqualified negation over several values must hold for each of them, or one good value would hide a bad one.
  if (qualifier === undefined && comparison.negated) return actual.every(holds)
  return actual.some(holds)
}
