import { Failure } from '@/lib/failure'
import { DEFAULT_LIMITS } from '@/lib/language'

/** Asked before anything else is done with a text. @throws Failure `too_large` */
export function refuseTooLarge(definition: string): void {
  const limit = DEFAULT_LIMITS.definitionBytes
  if (definition.length <= limit / 3 || Buffer.byteLength(definition) <= limit) return
  throw new Failure('too_large', `Content Too Large: a definition may have at most ${limit} bytes`)
}
