/**
 * Every environment variable of the server, parsed once (design §8). Errors name the variable and the rule it breaks,
 * never its value.
 */
import { resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { processWide } from './process-wide'
import { StartupError } from './startup-error'

/** An OpenID Connect provider by which people sign in. */
export interface SingleSignOn {
  /** Part of the redirect address `/api/auth/callback/<id>`, which the provider is told once. */
  id: string
  /** What its button says. */
  name: string
  issuer: string
  clientId: string
  clientSecret: string
}

/** Makes the first person and organization without a browser; ignored once anyone exists. */
export interface FirstSetup {
  email: string
  password: string
  organization: string
  /** The value of a personal access token to create; undefined creates none. */
  token: string | undefined
}

export interface Config {
  host: string
  port: number
  /** Public origin without a trailing slash. */
  url: string
  /** Absolute path. */
  dataDirectory: string
  /** A PostgreSQL server; undefined means the embedded database in the data folder. */
  databaseUrl: string | undefined
  /** 32 bytes in base64. */
  masterKey: string | undefined
  masterKeyFile: string | undefined
  firstSetup: FirstSetup | undefined
  /** CIDRs whose forwarding headers count. */
  trustedProxies: string[]
  /** In the order of their ids, the one without an id of its own first. */
  singleSignOn: SingleSignOn[]
  /** Whether passwords sign people in; only single sign-on does when not. */
  passwordSignIn: boolean
  smtpUrl: string | undefined
  /** CIDRs that providers and webhooks may reach although private. */
  allowPrivateTargets: string[]
  httpsProxy: string | undefined
  /** Origins to call in place of the vendors' own, by the vendor's: for private endpoints. */
  providerEndpoints: ReadonlyMap<string, string>
  /** State of Pulumi stacks, one folder per organization; absolute path. */
  stackStateDirectory: string | undefined
  /** Variables that begin with `OPENESC_` and mean nothing: most likely misspelt. */
  unknownVariables: string[]
}

function normalizeRange(text: string): string {
  const [address, bits] = text.includes('/')
    ? ipaddr.parseCIDR(text)
    : [ipaddr.parse(text), ipaddr.parse(text).kind() === 'ipv4' ? 32 : 128]
  return `${address.toString()}/${bits}`
}

const ranges = z
  .string()
  .default('')
  .transform((text, context) => {
    const parts = text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
    try {
      return parts.map(normalizeRange)
    } catch {
      context.addIssue('must be a comma-separated list of CIDRs, for example 10.0.0.0/8,fd00::/8')
      return z.NEVER
    }
  })

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

const origin = z.string().transform((text, context) => {
  const url = parseUrl(text)
  const http = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (!url || !http || url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
    context.addIssue('must be an http or https origin without a path, for example https://esc.example.com')
    return z.NEVER
  }
  return url.origin
})

const endpoints = z
  .string()
  .default('')
  .transform((text, context) => {
    const pairs = text
      .split(',')
      .map((pair) => pair.trim().split('='))
      .filter(([vendor]) => vendor !== '')
    const origins = pairs.map(([vendor = '', own = '']) => [parseUrl(vendor)?.origin, parseUrl(own)?.origin])
    const known = origins.flatMap(([vendor, own]): [string, string][] =>
      vendor && own ? [[vendor, own]] : [],
    )
    if (known.length === pairs.length) return new Map(known)
    context.addIssue(
      'must be a comma-separated list of ORIGIN=ORIGIN, for example https://sts.googleapis.com=https://sts.example.com',
    )
    return z.NEVER
  })

function urlWith(protocols: string[]) {
  return z.string().refine((text) => protocols.includes(parseUrl(text)?.protocol ?? ''), {
    message: `must be a URL beginning with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })
}

const portRule = 'must be a whole number from 1 to 65535'

/** A protection that is asked for in the wrong word must not be absent in silence. */
function knowsStarttls(url: string): boolean {
  if (!URL.canParse(url)) return true
  return ['required', null].includes(new URL(url).searchParams.get('starttls'))
}

const variables = z.object({
  PORT: z.coerce.number(portRule).int(portRule).min(1, portRule).max(65_535, portRule).default(3000),
  HOST: z.string().default('127.0.0.1'),
  OPENESC_URL: origin.optional(),
  OPENESC_DATA_DIR: z.string().default('.openesc'),
  DATABASE_URL: urlWith(['postgres:', 'postgresql:']).optional(),
  OPENESC_MASTER_KEY: z.string().optional(),
  OPENESC_MASTER_KEY_FILE: z.string().optional(),
  OPENESC_ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  OPENESC_ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
  OPENESC_ORG: z.string().optional(),
  OPENESC_ADMIN_TOKEN: z.string().min(20, 'must have at least 20 characters').optional(),
  OPENESC_TRUSTED_PROXIES: ranges,
  OPENESC_PASSWORD_SIGN_IN: z.enum(['on', 'off'], 'must be on or off').default('on'),
  OPENESC_SMTP_URL: urlWith(['smtp:', 'smtps:'])
    .refine(knowsStarttls, 'has a starttls that is not required')
    .optional(),
  OPENESC_ALLOW_PRIVATE_TARGETS: ranges,
  OPENESC_HTTPS_PROXY: urlWith(['http:', 'https:']).optional(),
  OPENESC_PROVIDER_ENDPOINTS: endpoints,
  OPENESC_STACK_STATE_DIR: z.string().optional(),
})

/** Every variable that means something to the server. */
export const settingNames: readonly string[] = [
  ...Object.keys(variables.shape),
  ...['NAME', 'ISSUER', 'CLIENT_ID', 'CLIENT_SECRET'].map((field) => `OPENESC_OIDC_${field}`),
]

type Variables = z.output<typeof variables>
type VariableName = keyof Variables

function invalid(message: string): StartupError {
  return new StartupError('config_invalid', message)
}

/** All of a group or none: returns whether the group is set. */
function groupIsSet(values: Variables, names: VariableName[]): boolean {
  const set = names.filter((name) => values[name] !== undefined)
  const missing = names.find((name) => values[name] === undefined)
  const first = set[0]
  if (first !== undefined && missing !== undefined) {
    throw invalid(`${missing}: must be set together with ${first}`)
  }
  return first !== undefined
}

function firstSetupOf(values: Variables): FirstSetup | undefined {
  const { OPENESC_ADMIN_EMAIL: email, OPENESC_ADMIN_PASSWORD: password, OPENESC_ORG: organization } = values
  if (!groupIsSet(values, ['OPENESC_ADMIN_EMAIL', 'OPENESC_ADMIN_PASSWORD', 'OPENESC_ORG'])) {
    return undefined
  }
  if (email === undefined || password === undefined || organization === undefined) return undefined
  return { email, password, organization, token: values.OPENESC_ADMIN_TOKEN }
}

type Environment = Record<string, string | undefined>

/** Of one provider; each further one has variables with an id in their names, as `OPENESC_OIDC_GITLAB_ISSUER`. */
const providerShape = z.object({
  NAME: z.string().optional(),
  ISSUER: urlWith(['https:', 'http:']).optional(),
  CLIENT_ID: z.string().optional(),
  CLIENT_SECRET: z.string().optional(),
})

const providerVariable = /^OPENESC_OIDC_(?:([A-Z0-9]+)_)?(NAME|ISSUER|CLIENT_ID|CLIENT_SECRET)$/

function singleSignOnOf(given: Environment): SingleSignOn[] {
  const byId = new Map<string, Environment>()
  for (const [variable, value] of Object.entries(given)) {
    const [, id = '', field = ''] = providerVariable.exec(variable) ?? []
    if (field !== '') byId.set(id, { ...byId.get(id), [field]: value })
  }
  const providers = [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(providerOf)
  const issuers = providers.map(({ issuer }) => issuer)
  // Who somebody is, is issuer and subject: two ways to one issuer would be one person's two sets of groups.
  if (new Set(issuers).size < issuers.length) {
    throw invalid('OPENESC_OIDC_ISSUER: must differ between the providers')
  }
  return providers
}

function providerOf([id, fields]: [string, Environment]): SingleSignOn[] {
  const prefix = id === '' ? 'OPENESC_OIDC_' : `OPENESC_OIDC_${id}_`
  const parsed = providerShape.safeParse(fields)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw invalid(`${prefix}${issue?.path.join('.')}: ${issue?.message}`)
  }
  const { NAME, ISSUER: issuer, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret } = parsed.data
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
    // A name alone is what is left when single sign-on was taken back.
    if (issuer === undefined && clientId === undefined && clientSecret === undefined) return []
    const missing = issuer === undefined ? 'ISSUER' : clientId === undefined ? 'CLIENT_ID' : 'CLIENT_SECRET'
    throw invalid(`${prefix}${missing}: must be set together with the other variables of this provider`)
  }
  const name = NAME ?? (id === '' ? 'Single sign-on' : id)
  return [{ id: id === '' ? 'oidc' : `oidc-${id.toLowerCase()}`, name, issuer, clientId, clientSecret }]
}

function passwordSignInOf(values: Variables, providers: readonly SingleSignOn[]): boolean {
  if (values.OPENESC_PASSWORD_SIGN_IN === 'off' && providers.length === 0) {
    throw invalid('OPENESC_PASSWORD_SIGN_IN: may be off only when single sign-on is set up')
  }
  return values.OPENESC_PASSWORD_SIGN_IN === 'on'
}

function absolutePath(path: string): string {
  return resolve(/* turbopackIgnore: true */ path)
}

/**
 * @param environment variables as in `process.env`; an empty one counts as unset
 * @throws StartupError `config_invalid`
 */
export function parseConfig(environment: Environment): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = variables.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw invalid(`${issue?.path.join('.')}: ${issue?.message}`)
  }
  const values = parsed.data
  const providers = singleSignOnOf(given)
  if (values.OPENESC_MASTER_KEY !== undefined && values.OPENESC_MASTER_KEY_FILE !== undefined) {
    throw invalid('OPENESC_MASTER_KEY_FILE: must not be set together with OPENESC_MASTER_KEY')
  }
  return {
    host: values.HOST,
    port: values.PORT,
    url: values.OPENESC_URL ?? `http://localhost:${values.PORT}`,
    dataDirectory: absolutePath(values.OPENESC_DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    masterKey: values.OPENESC_MASTER_KEY,
    masterKeyFile: values.OPENESC_MASTER_KEY_FILE && absolutePath(values.OPENESC_MASTER_KEY_FILE),
    firstSetup: firstSetupOf(values),
    trustedProxies: values.OPENESC_TRUSTED_PROXIES,
    singleSignOn: providers,
    passwordSignIn: passwordSignInOf(values, providers),
    smtpUrl: values.OPENESC_SMTP_URL,
    allowPrivateTargets: values.OPENESC_ALLOW_PRIVATE_TARGETS,
    httpsProxy: values.OPENESC_HTTPS_PROXY,
    providerEndpoints: values.OPENESC_PROVIDER_ENDPOINTS,
    stackStateDirectory: values.OPENESC_STACK_STATE_DIR && absolutePath(values.OPENESC_STACK_STATE_DIR),
    unknownVariables: Object.keys(given).filter(
      (name) =>
        name.startsWith('OPENESC_') && !Object.hasOwn(variables.shape, name) && !providerVariable.test(name),
    ),
  }
}

/** The process's configuration, parsed at the first call. */
export function config(): Config {
  return processWide('config', () => parseConfig(process.env))
}

/** next-auth takes its origin from nowhere else; without this it would believe the Host header. */
export function deriveNextAuthUrl(): void {
  process.env.NEXTAUTH_URL = config().url
}
