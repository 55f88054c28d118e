/** A builtin function as editors present it. */
export interface FunctionInfo {
  readonly name: string
  /** Plain text; that of language.md §21 where it has one. */
  readonly description: string
  /** The argument to start from, and where the cursor goes in it. */
  readonly template: string
  readonly caret?: number
}

export const functions: readonly FunctionInfo[] = [
  {
    name: 'fn::open',
    description: 'Fetches values from an external source when the environment is opened.',
    template: '',
  },
  {
    name: 'fn::rotate',
    description: 'Fetches values from an external source that renews its stored state when it is rotated.',
    template: '',
  },
  { name: 'fn::secret', description: 'Marks a value as secret.', template: ' ' },
  {
    name: 'fn::final',
    description: 'Marks a value as final. Final values cannot be overridden in child environments.',
    template: ' ',
  },
  {
    name: 'fn::join',
    description:
      'Concatenates the elements of its second argument to create a single string. The first argument is placed between each element in the result.',
    template: ' ["", []]',
    caret: 3,
  },
  {
    name: 'fn::split',
    description: 'Splits its second argument, a string, at its first.',
    template: ' [",", ""]',
    caret: 8,
  },
  {
    name: 'fn::concat',
    description: 'Concatenates arrays to create a single array.',
    template: ' []',
    caret: 2,
  },
  { name: 'fn::toJSON', description: 'Encodes a value into its JSON representation.', template: ' ' },
  { name: 'fn::fromJSON', description: 'Decodes a value from its JSON representation.', template: ' ' },
  { name: 'fn::toString', description: 'Encodes a value into its string representation.', template: ' ' },
  { name: 'fn::toBase64', description: 'Encodes a string into its Base64 representation.', template: ' ' },
  { name: 'fn::fromBase64', description: 'Decodes a string from its Base64 representation.', template: ' ' },
  { name: 'fn::validate', description: 'Checks a value against a schema.', template: '' },
]

const byName: ReadonlyMap<string, FunctionInfo> = new Map(functions.map((info) => [info.name, info]))

/** The function that a key calls, and its provider when the key names one. */
export function readCall(
  key: string,
): { readonly info: FunctionInfo; readonly provider?: string } | undefined {
  const short = /^(fn::open|fn::rotate)::(.*)$/s.exec(key)
  const info = byName.get(short?.[1] ?? key)
  if (info === undefined) return undefined
  return short === null ? { info } : { info, provider: short[2] ?? '' }
}
