/** Opaque continuation tokens: the keys of the last item, so that a page continues even when that item is gone. */
import { z } from 'zod'
import { Failure } from '@/lib/failure'

export function writeCursor(keys: readonly string[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url')
}

/** @throws Failure `invalid` */
export function readCursor(text: string, length: number): [string, ...string[]] {
  try {
    const [first, ...rest] = z
      .array(z.string())
      .length(length)
      .parse(JSON.parse(decode(text)))
    if (first !== undefined) return [first, ...rest]
  } catch {
    // Refused below, like any other token that is not ours.
  }
  throw cursorNotOurs()
}

export function cursorNotOurs(): Failure {
  return new Failure('invalid', 'Bad Request: Invalid continuation token')
}

function decode(text: string): string {
  return Buffer.from(text, 'base64url').toString('utf8')
}
