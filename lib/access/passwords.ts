/**
 * Passwords: judged, hashed and checked. The stored text carries its parameters, so they can grow without a migration:
 * a password hashed with older ones is hashed again at the next sign-in.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

interface Parameters {
  /** Logarithm to base two of the cost. */
  cost: number
  blockSize: number
  parallelism: number
}

/** OWASP's password storage recommendation for scrypt: 32 MiB of memory, three passes. */
const current: Parameters = { cost: 15, blockSize: 8, parallelism: 3 }

const hashBytes = 32
const saltBytes = 16

export const passwordLength = { least: 12, most: 256 } as const

/** Says why a password cannot be used, for the form; undefined when it can. */
export function passwordProblem(
  password: string,
  person: { login?: string; email?: string } = {},
): string | undefined {
  if (password.length < passwordLength.least) return `Use at least ${passwordLength.least} characters.`
  if (password.length > passwordLength.most) return `Use at most ${passwordLength.most} characters.`
  if (new Set(password).size < 5) return 'Use more different characters.'
  const own = [person.login, person.email, person.email?.split('@')[0]]
  const typed = password.toLowerCase()
  if (own.some((word) => word !== undefined && typed === word.toLowerCase())) {
    return 'Use something other than your login or e-mail address.'
  }
  return undefined
}

/** @returns the text to store: `$scrypt$ln=15,r=8,p=3$salt$hash`, both in base64 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await derive(password, salt, current)
  const { cost, blockSize, parallelism } = current
  return `$scrypt$ln=${cost},r=${blockSize},p=${parallelism}$${salt.toString('base64')}$${hash.toString('base64')}`
}

export interface PasswordCheck {
  correct: boolean
  /** The stored text was made with other parameters than today's. */
  outdated: boolean
}

/**
 * Takes the same work for a person without a password, or for nobody at all, so that time does not tell them apart.
 */
export async function checkPassword(
  password: string,
  stored: string | null | undefined,
): Promise<PasswordCheck> {
  const parsed = stored ? parseStored(stored) : undefined
  const { salt, hash, parameters } = parsed ?? decoy
  const derived = await derive(password, salt, parameters)
  const equal = derived.length === hash.length && timingSafeEqual(derived, hash)
  return { correct: parsed !== undefined && equal, outdated: !sameParameters(parameters, current) }
}

interface Stored {
  parameters: Parameters
  salt: Buffer
  hash: Buffer
}

const decoy: Stored = { parameters: current, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) }

const storedPattern = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/

function parseStored(text: string): Stored | undefined {
  const [, cost, blockSize, parallelism, salt, hash] = storedPattern.exec(text) ?? []
  if (salt === undefined || hash === undefined) return undefined
  return {
    parameters: { cost: Number(cost), blockSize: Number(blockSize), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

function sameParameters(one: Parameters, other: Parameters): boolean {
  return one.cost === other.cost && one.blockSize === other.blockSize && one.parallelism === other.parallelism
}

function derive(password: string, salt: Buffer, parameters: Parameters): Promise<Buffer> {
  const N = 2 ** parameters.cost
  const { blockSize: r, parallelism: p } = parameters
  // Node refuses to use more than `maxmem`; the algorithm needs 128·N·r bytes and a little for each lane.
  const maxmem = 128 * r * (N + p + 2) * 2
  return new Promise((resolve, reject) => {
    // One canonical form, so that a password typed on another keyboard is the same bytes (RFC 8265 §4.2 uses NFC).
    scrypt(password.normalize('NFC'), salt, hashBytes, { N, r, p, maxmem }, (error, hash) => {
      if (error) reject(error)
      else resolve(hash)
    })
  })
}
