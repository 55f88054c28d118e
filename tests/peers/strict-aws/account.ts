import { randomBytes, randomInt } from 'node:crypto'
import { type ParsedTrustPolicy, parseTrustPolicy } from './trust/policy'
import type { IdentityProvider, Parameter, Role, Secret, StrictAwsOptions, User } from './types'

/** A role with its policy parsed and its defaults filled in. */
export interface AccountRole {
  arn: string
  name: string
  id: string
  trustPolicy: ParsedTrustPolicy
  maxSessionDuration: number
}

/** Credentials that can sign: a user's key, or a session of a role. */
export interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  /** The signer's ARN. */
  arn: string
  /** `AIDA…` or `AROA…:SESSION`. */
  userId: string
  session?: { token: string; expires: Date }
  /** The user whose long-term key it is. */
  user?: string
  status?: 'Active' | 'Inactive'
  created?: Date
}

/** Everything the account holds. Changes only by sessions being issued and expired, and by keys of users. */
export class Account {
  readonly id: string
  readonly providers: IdentityProvider[]
  readonly roles: AccountRole[] = []
  readonly buckets: string[]
  readonly objects: Readonly<Record<string, string>>
  readonly parameters: Parameter[]
  readonly secrets: Secret[]
  readonly functions: NonNullable<StrictAwsOptions['functions']>
  readonly #users: User[] = []
  readonly #credentials = new Map<string, Credentials>()

  constructor(options: StrictAwsOptions) {
    this.id = options.account ?? '123456789012'
    this.providers = [...(options.providers ?? [])]
    this.buckets = options.buckets ?? []
    this.objects = options.objects ?? {}
    this.parameters = options.parameters ?? []
    this.secrets = options.secrets ?? []
    this.functions = options.functions ?? {}
    for (const role of options.roles ?? []) this.addRole(role)
    for (const user of options.users ?? []) this.#addUser(user)
  }

  /** @throws Error when the trust policy is malformed or uses an element the double does not evaluate */
  addRole({ name, path = '/', trustPolicy, maxSessionDuration = 3600 }: Role): void {
    this.roles.push({
      arn: `arn:aws:iam::${this.id}:role${path}${name}`,
      name,
      id: identifier('AROA', 17),
      trustPolicy: parseTrustPolicy(trustPolicy),
      maxSessionDuration,
    })
  }

  /** @throws Error when there is no such role: a mistake in the test, not an answer of AWS */
  roleArn(name: string): string {
    const role = this.roles.find((each) => each.name === name)
    if (!role) throw new Error(`strict-aws has no role ${name}`)
    return role.arn
  }

  #addUser(user: User): void {
    this.#users.push(user)
    this.#addKey(user.name, user)
  }

  #addKey(user: string, { accessKeyId, secretAccessKey }: Pick<User, 'accessKeyId' | 'secretAccessKey'>) {
    const arn = `arn:aws:iam::${this.id}:user/${user}`
    const owner = { arn, userId: identifier('AIDA', 17), user }
    const key = { accessKeyId, secretAccessKey, ...owner, status: 'Active', created: new Date() } as const
    this.#credentials.set(accessKeyId, key)
    return key
  }

  user(name: string): User | undefined {
    return this.#users.find((user) => user.name === name)
  }

  /** The long-term keys of a user, the oldest first. */
  keysOf(user: string): Credentials[] {
    return [...this.#credentials.values()].filter((key) => key.user === user)
  }

  createKey(user: string) {
    const secretAccessKey = randomBytes(30).toString('base64')
    return this.#addKey(user, { accessKeyId: identifier('AKIA', 16), secretAccessKey })
  }

  deleteKey(accessKeyId: string): void {
    this.#credentials.delete(accessKeyId)
  }

  credentials(accessKeyId: string): Credentials | undefined {
    return this.#credentials.get(accessKeyId)
  }

  /** Issues credentials for a session of the role. The session's ARN drops the role's path. */
  startSession(
    role: AccountRole,
    { name, seconds }: { name: string; seconds: number },
  ): Credentials & { session: NonNullable<Credentials['session']> } {
    const issued = {
      accessKeyId: identifier('ASIA', 16),
      secretAccessKey: randomBytes(30).toString('base64'),
      arn: `arn:aws:sts::${this.id}:assumed-role/${role.name}/${name}`,
      userId: `${role.id}:${name}`,
      session: {
        token: randomBytes(180).toString('base64'),
        // STS speaks in whole seconds.
        expires: new Date((Math.floor(Date.now() / 1000) + seconds) * 1000),
      },
    }
    this.#credentials.set(issued.accessKeyId, issued)
    return issued
  }

  /** Makes every session issued so far expired, now. */
  expireSessions(): void {
    for (const { session } of this.#credentials.values()) {
      if (session) session.expires = new Date(Date.now() - 1000)
    }
  }
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function identifier(prefix: string, length: number): string {
  return prefix + Array.from({ length }, () => base32[randomInt(base32.length)]).join('')
}
