import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { asObject, integer, text } from '../client/decode'
import { parseJson } from '../client/json'
import { send } from '../client/transport'
import { Failure, prefixed, systemMessage } from '../failure'
import type { Io } from '../io'
import { parseDuration } from '../parse/duration'
import { adopt, type LoginOptions } from './login'
import type { Account } from './store'

export interface ExchangeRequest extends LoginOptions {
  /** A JWT, or `file://path` of one. */
  readonly token: string
  readonly organization: string
  readonly team: string
  readonly user: string
  /** Go duration; empty for two hours. */
  readonly expiration: string
}

const nanosecondsPerSecond = 1_000_000_000n

/** Trades the token of another issuer for an access token (RFC 8693; http-api.md §3.4), and logs in with it. */
export async function exchangeToken(io: Io, url: string, request: ExchangeRequest): Promise<Account> {
  if (io.env.PULUMI_ACCESS_TOKEN) {
    throw new Failure(
      'LOGIN',
      'cannot perform token exchange when an access token is set as environment variable',
    )
  }
  if (!request.organization) throw new Failure('LOGIN', 'organization must be specified for token exchange')
  if (request.team && request.user) {
    throw new Failure('LOGIN', 'only one of team or user may be specified for token exchange')
  }
  const seconds = expirationSeconds(request.expiration)
  const subject = readSubjectToken(request.token)
  const { token, expiresIn } = await trade(io, url, { ...request, subject, seconds })
  const expiresAt = expiresIn > 0 ? new Date(io.now().getTime() + expiresIn * 1000).toISOString() : undefined
  const { insecure, shared } = request
  return adopt(io, url, { token, insecure, shared, ...(expiresAt ? { expiresAt } : {}) })
}

function expirationSeconds(text: string): bigint {
  try {
    return parseDuration(text || '2h') / nanosecondsPerSecond
  } catch (error) {
    throw prefixed('could not parse expiration duration', error)
  }
}

function readSubjectToken(token: string): string {
  const text = token.startsWith('file://') ? readTokenFile(token) : token
  if (/^[\w-]+\.[\w-]+\.[\w-]*$/.test(text)) return text
  // what was given may be a secret that was pasted wrongly, so only its length is told
  throw new Failure(
    'LOGIN',
    `the OIDC token must be JWT or 'file://filepath'. Got '${text.length} characters'`,
  )
}

function readTokenFile(token: string): string {
  try {
    return readFileSync(fileURLToPath(token), 'utf8').trim()
  } catch (error) {
    throw new Failure('LOGIN', `reading OIDC token file: ${systemMessage(error)}`)
  }
}

interface Trade extends ExchangeRequest {
  readonly subject: string
  readonly seconds: bigint
}

async function trade(io: Io, url: string, request: Trade): Promise<{ token: string; expiresIn: number }> {
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    audience: `urn:pulumi:org:${request.organization}`,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    subject_token: request.subject,
    requested_token_type: `urn:pulumi:token-type:access_token:${tokenKind(request)}`,
    scope: scopeOf(request),
    expiration: String(request.seconds),
  })
  const answer = await send(io, {
    method: 'POST',
    url: `${url.replace(/\/$/, '')}/api/oauth/token`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/vnd.pulumi+9' },
    body: form.toString(),
    insecure: request.insecure,
  })
  const body = answer.body.toString()
  if (answer.status !== 200) throw new Failure('LOGIN', `OIDC token exchange failed: ${body.trim()}`)
  const grant = asObject(parseJson(body), 'token')
  return { token: text(grant, 'access_token'), expiresIn: integer(grant, 'expires_in') }
}

function tokenKind({ team, user }: ExchangeRequest): string {
  if (team) return 'team'
  return user ? 'personal' : 'organization'
}

function scopeOf({ team, user }: ExchangeRequest): string {
  if (team) return `team:${team}`
  return user ? `user:${user}` : ''
}
