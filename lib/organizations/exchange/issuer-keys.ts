/**
 * The keys of registered issuers: given by hand, or fetched by discovery, bounded in every way and cached. A token with
 * an unknown key causes at most one more fetch in a while, and so does an issuer that does not answer, whoever sends how
 * many (T08).
 */
import { createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { z } from 'zod'
import { fetchText, OutgoingError } from '@/lib/outgoing'
import { processWide } from '@/lib/process-wide'

export interface IssuerFacts {
  id: string
  url: string
  thumbprints: readonly string[]
  jwks: unknown
}

const limits = { maxBytes: 256 * 1024, timeoutMs: 10_000 }
const mostKeys = 100
const freshMs = 10 * 60_000
const coolDownMs = 30_000

/** Public parts only; what else a key set says is dropped. */
const keySetSchema = z.object({
  keys: z
    .array(
      z.object({
        kty: z.enum(['RSA', 'EC', 'OKP']),
        kid: z.string().max(200).optional(),
        use: z.string().optional(),
        alg: z.string().optional(),
        n: z.string().max(2000).optional(),
        e: z.string().max(20).optional(),
        crv: z.string().max(20).optional(),
        x: z.string().max(200).optional(),
        y: z.string().max(200).optional(),
      }),
    )
    .max(mostKeys),
})

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url().max(2000) })

export type KeySet = ReturnType<typeof createLocalJWKSet>

interface Known {
  keys?: KeySet
  fetchedAt: number
  failure?: unknown
  failedAt: number
  /** Others who come meanwhile wait for it too. */
  fetching?: Promise<KeySet>
}

/** Beyond this many issuers the ones asked longest ago are forgotten. */
const mostIssuers = 1000

const known = processWide('issuer-keys', () => new Map<string, Known>())

/** @returns undefined when what was given is no key set */
export function parseKeySet(value: unknown): JSONWebKeySet | undefined {
  const parsed = keySetSchema.safeParse(value)
  if (!parsed.success) return undefined
  // The schema's members are those of public keys, and undefined members do not occur in parsed JSON.
  return { keys: parsed.data.keys.filter(({ use }) => use === undefined || use === 'sig') } as JSONWebKeySet
}

/**
 * @param again when the keys at hand do not fit a token: fetches anew unless that was tried a moment ago
 * @throws OutgoingError, also of a fetch that failed a moment ago; Error for what is no discovery document or key set
 */
export async function issuerKeys(issuer: IssuerFacts, { again = false } = {}): Promise<KeySet> {
  if (issuer.jwks !== null && issuer.jwks !== undefined) return localKeys(issuer.jwks)
  const one = knownOf(issuer)
  const age = Date.now() - one.fetchedAt
  if (one.keys && age < (again ? coolDownMs : freshMs)) return one.keys
  if (Date.now() - one.failedAt < coolDownMs) {
    if (one.keys && age < freshMs) return one.keys
    throw one.failure
  }
  one.fetching ??= fetchKeys(issuer)
    .then((keys) => {
      Object.assign(one, { keys, fetchedAt: Date.now(), failedAt: never })
      return keys
    })
    .catch((failure: unknown) => {
      Object.assign(one, { failure, failedAt: Date.now() })
      throw failure
    })
    .finally(() => {
      delete one.fetching
    })
  return one.fetching
}

const never = Number.NEGATIVE_INFINITY

/** By all that decides about the fetch, so that a change of the issuer is tried at once. */
function knownOf({ id, url, thumbprints }: IssuerFacts): Known {
  const key = JSON.stringify([id, url, thumbprints])
  const one = known.get(key) ?? { fetchedAt: never, failedAt: never }
  known.delete(key)
  known.set(key, one)
  const [oldest] = known.keys()
  if (known.size > mostIssuers && oldest !== undefined) known.delete(oldest)
  return one
}

/** Reads the discovery document; its issuer must be the registered one, to the letter (T07). */
export async function discover({ url, thumbprints }: Pick<IssuerFacts, 'url' | 'thumbprints'>): Promise<URL> {
  const address = new URL(`${url.replace(/\/$/, '')}/.well-known/openid-configuration`)
  const document = discoverySchema.safeParse(parseJson(await fetchText(address, { ...limits, thumbprints })))
  if (!document.success) throw invalidAnswer('The discovery document is malformed.')
  if (document.data.issuer !== url) throw invalidAnswer('The discovery document names another issuer.')
  const keysAddress = new URL(document.data.jwks_uri)
  if (keysAddress.protocol !== address.protocol) throw invalidAnswer('The key set is not where it is safe.')
  return keysAddress
}

async function fetchKeys(issuer: IssuerFacts): Promise<KeySet> {
  const address = await discover(issuer)
  const body = await fetchText(address, { ...limits, thumbprints: issuer.thumbprints })
  return localKeys(parseJson(body))
}

function localKeys(value: unknown): KeySet {
  const keys = parseKeySet(value)
  if (!keys) throw invalidAnswer('The key set is malformed or too large.')
  return createLocalJWKSet(keys)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function invalidAnswer(message: string): OutgoingError {
  return new OutgoingError('status', message)
}
