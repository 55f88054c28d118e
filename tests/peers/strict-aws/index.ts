/**
 * strict-aws: a verifying double of the AWS services that the tests use. Unlike common emulators it checks what
 * AWS checks: identity tokens against their issuer's published keys, trust policies, request signatures and expiry.
 */
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { Account } from './account'
import { handle } from './dispatch'
import { readRequest } from './request'
import type { RecordedRequest, StrictAwsOptions } from './types'

export type { TrustPolicy } from './trust/policy'
export type {
  IdentityProvider,
  Parameter,
  RecordedRequest,
  Role,
  Secret,
  StrictAwsOptions,
  User,
} from './types'

/** A running double. */
export interface StrictAws {
  /** Endpoint for every service, e.g. `http://127.0.0.1:41234`. */
  url: string
  account: string
  /** Everything answered so far, oldest first. */
  requests: RecordedRequest[]
  /** The ARN of a role of this account. */
  roleArn(name: string): string
  /** Registers an issuer after the start, when its address was not known before. */
  addProvider(provider: NonNullable<StrictAwsOptions['providers']>[number]): void
  /** Adds a role after the start. */
  addRole(role: NonNullable<StrictAwsOptions['roles']>[number]): void
  /** Expires every session issued so far, now. */
  expireSessions(): void
  /** The ids of a user's access keys, the oldest first. */
  accessKeysOf(user: string): string[]
  /** As if somebody had deleted it by hand. */
  deleteAccessKey(accessKeyId: string): void
  /** Awaited after a request had its effect and before it is answered. */
  beforeAnswer: ((request: RecordedRequest) => void | Promise<void>) | undefined
  /** Serves a connection that arrived elsewhere, such as the inside of a TLS tunnel. */
  accept(connection: Duplex): void
  stop(): Promise<void>
}

/** Starts the double on a loopback port. */
export async function startStrictAws(options: StrictAwsOptions = {}): Promise<StrictAws> {
  const account = new Account(options)
  const access = { ca: options.issuerCa, loopbackHttp: options.loopbackHttp ?? 'accepted' } as const
  const requests: RecordedRequest[] = []
  const server = http.createServer(async (message, response) => {
    const { answer, record } = await handle(await readRequest(message), account, access)
    requests.push(record)
    await aws.beforeAnswer?.(record)
    const headers = { 'content-type': answer.contentType, ...answer.headers }
    response.writeHead(answer.status, headers).end(answer.body)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const aws: StrictAws = {
    url: `http://127.0.0.1:${portOf(server)}`,
    account: account.id,
    requests,
    roleArn: (name) => account.roleArn(name),
    addProvider: (provider) => account.providers.push(provider),
    addRole: (role) => account.addRole(role),
    expireSessions: () => account.expireSessions(),
    accessKeysOf: (user) => account.keysOf(user).map(({ accessKeyId }) => accessKeyId),
    deleteAccessKey: (accessKeyId) => account.deleteKey(accessKeyId),
    beforeAnswer: undefined,
    accept: (connection) => server.emit('connection', connection),
    stop: () => stop(server),
  }
  return aws
}

function portOf(server: http.Server): number {
  // A TCP server that listens has an AddressInfo; text is for pipes, null for servers that do not listen.
  return (server.address() as AddressInfo).port
}

function stop(server: http.Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
