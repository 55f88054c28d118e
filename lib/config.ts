/**
 * Every environment variable of the server, parsed once (design §8). Errors name the variable and the rule it breaks,
 * never its value.
 */
import { resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { processWide } from './process-wide'
import { StartupError } from './startup-error'

export interface SingleSignOn {
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
  singleSignOn: SingleSignOn | undefined
  /** Whether passwords sign people in; only single sign-on does when not. */
  passwordSignIn: boolean
  smtpUrl: string | undefined
  /** CIDRs that providers and webhooks may reach although private. */
  allowPrivateTargets: string[]
  httpsProxy: string | undefined
  /** Origins to call in place of the vendors' own, by the vendor's: for private endpoints. */
  providerEndpoints: ReadonlyMap<string, string>
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
  OPENESC_OIDC_NAME: z.string().default('Single sign-on'),
  OPENESC_OIDC_ISSUER: urlWith(['https:', 'http:']).optional(),
  OPENESC_OIDC_CLIENT_ID: z.string().optional(),
  OPENESC_OIDC_CLIENT_SECRET: z.string().optional(),
  OPENESC_PASSWORD_SIGN_IN: z.enum(['on', 'off'], 'must be on or off').default('on'),
  OPENESC_SMTP_URL: urlWith(['smtp:', 'smtps:']).optional(),
  OPENESC_ALLOW_PRIVATE_TARGETS: ranges,
  OPENESC_HTTPS_PROXY: urlWith(['http:', 'https:']).optional(),
  OPENESC_PROVIDER_ENDPOINTS: endpoints,
})

/** Every variable that means something to the server. */
export const settingNames: readonly string[] = Object.keys(variables.shape)

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

function singleSignOnOf(values: Variables): SingleSignOn | undefined {
  groupIsSet(values, ['OPENESC_OIDC_ISSUER', 'OPENESC_OIDC_CLIENT_ID', 'OPENESC_OIDC_CLIENT_SECRET'])
  const { OPENESC_OIDC_ISSUER: issuer, OPENESC_OIDC_CLIENT_ID: clientId } = values
  const clientSecret = values.OPENESC_OIDC_CLIENT_SECRET
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined
  return { name: values.OPENESC_OIDC_NAME, issuer, clientId, clientSecret }
}

function passwordSignInOf(values: Variables): boolean {
  if (values.OPENESC_PASSWORD_SIGN_IN === 'off' && values.OPENESC_OIDC_ISSUER === undefined) {
    throw invalid('OPENESC_PASSWORD_SIGN_IN: may be off only when single sign-on is set up')
  }
  return values.OPENESC_PASSWORD_SIGN_IN === 'on'
}

function absolutePath(path: string): string {
  return resolve(/* turbopackIgnore: true */ path)
}

type Environment = Record<string, string | undefined>

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
    singleSignOn: singleSignOnOf(values),
    passwordSignIn: passwordSignInOf(values),
    smtpUrl: values.OPENESC_SMTP_URL,
    allowPrivateTargets: values.OPENESC_ALLOW_PRIVATE_TARGETS,
    httpsProxy: values.OPENESC_HTTPS_PROXY,
    providerEndpoints: values.OPENESC_PROVIDER_ENDPOINTS,
    unknownVariables: Object.keys(given).filter(
      (name) => name.startsWith('OPENESC_') && !(name in variables.shape),
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
