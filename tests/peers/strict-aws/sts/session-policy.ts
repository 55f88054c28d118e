import { z } from 'zod'
import { AwsFault } from '../fault'
import { policyArnsOf } from './constraints'

const policySchema = z.looseObject({
  Statement: z.union([z.looseObject({}), z.array(z.looseObject({})).min(1)]),
})

/** Session policies in plain text may not exceed this many characters together. */
const allottedCharacters = 2048

/** Checks 2 and 3: the inline policy is a policy document, and all session policies fit their limit. */
export function checkSessionPolicies(parameters: Record<string, string>): void {
  const inline = parameters.Policy
  if (inline !== undefined) checkDocument(inline)
  const characters = [inline ?? '', ...policyArnsOf(parameters)].join('').length
  if (characters <= allottedCharacters) return
  const percent = Math.ceil((characters / allottedCharacters) * 100)
  throw new AwsFault(
    'PackedPolicyTooLarge',
    400,
    `Packed size of session policy consumes ${percent}% of allotted space.`,
  )
}

function checkDocument(text: string): void {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new AwsFault('MalformedPolicyDocument', 400, 'The policy is not in the valid JSON format.')
  }
  if (!policySchema.safeParse(value).success) {
    throw new AwsFault('MalformedPolicyDocument', 400, 'Missing required field Statement')
  }
}
