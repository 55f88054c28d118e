import { JsonNumber } from '@/lib/language/text/json'
import { Failure } from '../../failure'

/** The number of a Google Cloud project, with the digits as typed. */
export function projectNumber(text: string): JsonNumber {
  if (!/^[1-9]\d*$/.test(text) || BigInt(text) >= 1n << 63n) {
    throw new Failure('USAGE', `invalid project number ${JSON.stringify(text)}: must be a positive integer`)
  }
  return new JsonNumber(text)
}
