import { isObject } from '../client/decode'
import { type Json, type JsonObject, JsonSyntaxError, parseJson } from '../client/json'
import { Failure } from '../failure'
import type { Io } from '../io'
import { writeJson } from '../output/json'
import { zeroTime } from '../output/time'
import { readPrivate, removePrivate, withLock, writePrivate } from './files'
import { credentialPaths } from './paths'

/** What a token is, when it belongs to an organization or a team. */
export interface TokenInformation {
  readonly name: string
  readonly organization: string
  readonly team: string
  /** RFC 3339, or empty. */
  readonly expiresAt: string
}

/** A login to one backend. */
export interface Account {
  readonly accessToken: string
  /** Empty while nobody has asked the backend. */
  readonly username: string
  readonly organizations: readonly string[]
  /** RFC 3339; Go's zero time for never. */
  readonly lastValidatedAt: string
  readonly insecure: boolean
  readonly tokenInformation: TokenInformation | undefined
}

/** The shared credentials file (cli.md §2.1). Keys are backend URLs exactly as typed. */
export interface Credentials {
  readonly current: string
  account(url: string): Account | undefined
}

export function readCredentials(io: Io): Credentials {
  const document = readDocument(credentialPaths(io).credentials)
  return { current: textOf(document.get('current')), account: (url) => decodeAccount(document, url) }
}

export interface StoreOptions {
  /** Also makes it the account of the `pulumi` command line, if that has none. */
  readonly shared: boolean
}

/** Stores an account. Members that this version does not know survive. */
export async function storeAccount(
  io: Io,
  url: string,
  account: Account,
  options: StoreOptions,
): Promise<void> {
  await changeCredentials(io, (document) => {
    const old = mapOf(mapOf(document.get('accounts')).get(url))
    document.set('accessTokens', withMember(document.get('accessTokens'), url, account.accessToken))
    document.set('accounts', withMember(document.get('accounts'), url, encodeAccount(old, account)))
    if (options.shared && textOf(document.get('current')) === '') document.set('current', url)
  })
}

/** Forgets an account; the account of the `pulumi` command line is emptied when it is this one. */
export async function removeAccount(io: Io, url: string): Promise<void> {
  await changeCredentials(io, (document) => {
    for (const member of ['accessTokens', 'accounts']) {
      const rest = mapOf(document.get(member))
      rest.delete(url)
      document.set(member, rest)
    }
    if (textOf(document.get('current')) === url) document.delete('current')
  })
}

/** Forgets every account. */
export async function removeAllAccounts(io: Io): Promise<void> {
  const path = credentialPaths(io).credentials
  await withLock(io, path, () => removePrivate(path))
}

async function changeCredentials(io: Io, change: (document: Map<string, Json>) => void): Promise<void> {
  const path = credentialPaths(io).credentials
  await withLock(io, path, () => {
    const document = readDocument(path)
    change(document)
    writePrivate(path, encodeDocument(document))
  })
}

const memberOrder = ['current', 'accessTokens', 'accounts']

/** Empty members are left out, the known ones come first, in the order of the official command line. */
function encodeDocument(document: ReadonlyMap<string, Json>): string {
  const known = memberOrder.flatMap((name): [string, Json][] => {
    const value = document.get(name)
    return value === undefined || value === '' || (value instanceof Map && value.size === 0)
      ? []
      : [[name, value]]
  })
  const unknown = [...document].filter(([name]) => !memberOrder.includes(name))
  return writeJson(new Map([...known, ...unknown]), { indent: 4, sorted: false })
}

function readDocument(path: string): Map<string, Json> {
  const text = readPrivate(path)
  if (text === undefined || text.trim() === '') return new Map()
  return mapOf(parseDocument(path, text))
}

function parseDocument(path: string, text: string): Json {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    throw new Failure('CREDENTIALS', `${path} is not valid JSON; move it away and run \`esc login\` again`)
  }
}

function decodeAccount(document: JsonObject, url: string): Account | undefined {
  const account = mapOf(document.get('accounts')).get(url)
  const token = textOf(mapOf(document.get('accessTokens')).get(url))
  if (!isObject(account)) return token === '' ? undefined : accountOf(token)
  const information = account.get('tokenInformation')
  const organizations = account.get('organizations')
  return {
    accessToken: textOf(account.get('accessToken')) || token,
    username: textOf(account.get('username')),
    organizations: Array.isArray(organizations)
      ? organizations.filter((name) => typeof name === 'string')
      : [],
    lastValidatedAt: textOf(account.get('lastValidatedAt')) || zeroTime,
    insecure: account.get('insecure') === true,
    tokenInformation: isObject(information) ? decodeInformation(information) : undefined,
  }
}

/** An account of which only the token is known. */
export function accountOf(accessToken: string): Account {
  return {
    accessToken,
    username: '',
    organizations: [],
    lastValidatedAt: zeroTime,
    insecure: false,
    tokenInformation: undefined,
  }
}

function decodeInformation(information: JsonObject): TokenInformation {
  return {
    name: textOf(information.get('name')),
    organization: textOf(information.get('organization')),
    team: textOf(information.get('team')),
    expiresAt: textOf(information.get('expiresAt')),
  }
}

const accountMembers = [
  'accessToken',
  'username',
  'organizations',
  'lastValidatedAt',
  'insecure',
  'tokenInformation',
] as const

function encodeAccount(old: ReadonlyMap<string, Json>, account: Account): Map<string, Json> {
  const encoded = new Map<string, Json>()
  for (const name of accountMembers) {
    const value = account[name]
    if (name === 'tokenInformation') {
      if (account.tokenInformation) encoded.set(name, new Map(Object.entries(account.tokenInformation)))
    } else if (typeof value === 'string' || typeof value === 'boolean' || Array.isArray(value)) {
      if (value !== '' && value !== false && !(Array.isArray(value) && value.length === 0))
        encoded.set(name, value)
    }
  }
  for (const [name, value] of old) {
    if (!accountMembers.some((member) => member === name)) encoded.set(name, value)
  }
  return encoded
}

function withMember(json: Json | undefined, name: string, value: Json): Map<string, Json> {
  return mapOf(json).set(name, value)
}

function mapOf(json: Json | undefined): Map<string, Json> {
  return isObject(json) ? new Map(json) : new Map()
}

function textOf(json: Json | undefined): string {
  return typeof json === 'string' ? json : ''
}
