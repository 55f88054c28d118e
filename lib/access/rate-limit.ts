/**
 * Counters of tries, kept in the database so that they hold across processes and restarts. A try is counted before it
 * is evaluated: a burst of parallel guesses is cut off at the limit, not after it.
 */
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { database } from '@/lib/db'
import { Failure } from '@/lib/failure'
import { sha256 } from './secret-text'

export interface Limit {
  /** Tries within one window; the next one locks. */
  tries: number
  windowSeconds: number
  lockSeconds: number
}

const resultSchema = z.array(z.object({ wait: z.number().nullable() }))

/**
 * Counts one try.
 *
 * @param subject what is counted, for example `sign-in person 123`; stored as a hash, since it may be what a stranger typed
 * @throws Failure `locked_out` with `details.retryAfterSeconds`
 */
export async function countTry(subject: string, limit: Limit): Promise<void> {
  const { tries, windowSeconds, lockSeconds } = limit
  const rows = await database().$queryRaw`
    INSERT INTO "RateLimit" AS r ("key", "count", "windowStart") VALUES (${rateKey(subject)}, 1, now())
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE
        WHEN r."lockedUntil" > now() THEN r."count"
        WHEN r."lockedUntil" IS NOT NULL OR r."windowStart" < now() - make_interval(secs => ${windowSeconds}) THEN 1
        ELSE r."count" + 1 END,
      "windowStart" = CASE
        WHEN r."lockedUntil" > now() THEN r."windowStart"
        WHEN r."lockedUntil" IS NOT NULL OR r."windowStart" < now() - make_interval(secs => ${windowSeconds}) THEN now()
        ELSE r."windowStart" END,
      "lockedUntil" = CASE
        WHEN r."lockedUntil" > now() THEN r."lockedUntil"
        WHEN r."lockedUntil" IS NOT NULL OR r."windowStart" < now() - make_interval(secs => ${windowSeconds}) THEN NULL
        WHEN r."count" + 1 > ${tries} THEN now() + make_interval(secs => ${lockSeconds})
        ELSE NULL END
    RETURNING ceil(extract(epoch FROM "lockedUntil" - now()))::float8 AS wait`
  const wait = resultSchema.parse(rows)[0]?.wait
  if (typeof wait === 'number') {
    throw new Failure('locked_out', 'Too many tries. Wait, then try again.', { retryAfterSeconds: wait })
  }
}

/**
 * Whom an address stands for: of IPv6 the network of 64 bits, since whoever has one address there has all of them (T24).
 *
 * @param what is tried, for example `sign-in`
 */
export function addressSubject(what: string, address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return `${what} address ${address}`
  const network = ipaddr.IPv6.parse(address).parts.slice(0, 4)
  return `${what} network ${network.map((part) => part.toString(16)).join(':')}`
}

/** Takes back what {@link countTry} counted, after a try that was right. */
export async function forgiveTry(subject: string): Promise<void> {
  await database().$executeRaw`
    UPDATE "RateLimit" SET "count" = greatest("count" - 1, 0) WHERE "key" = ${rateKey(subject)}`
}

/** Forgets a subject's tries and lifts its lock. */
export async function clearTries(subject: string): Promise<void> {
  await database().rateLimit.deleteMany({ where: { key: rateKey(subject) } })
}

/** Removes counters that no longer limit anything; for a periodic job. */
export async function sweepRateLimits(): Promise<void> {
  await database().$executeRaw`
    DELETE FROM "RateLimit"
    WHERE "windowStart" < now() - interval '1 day' AND ("lockedUntil" IS NULL OR "lockedUntil" < now())`
}

function rateKey(subject: string): string {
  return Buffer.from(sha256(subject)).toString('base64url')
}
