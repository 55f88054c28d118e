/** Optimistic concurrency: a revision's etag is opaque, and new with every revision. */
import { randomBytes } from 'node:crypto'
import { Failure } from '@/lib/failure'

export function newEtag(): string {
  return randomBytes(12).toString('base64url')
}

/**
 * Without an etag the last writer wins.
 *
 * @throws Failure `etag_mismatch`
 */
export function requireEtag(asked: string | undefined, current: string): void {
  if (asked === undefined || asked === '' || asked === current) return
  throw new Failure('etag_mismatch', 'Conflict: the environment has changed since it was read')
}
