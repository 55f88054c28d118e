/** Opens definitions with the product's own providers and issuer; the doubles it reaches are on loopback. */
import Fastify from 'fastify'
import { openDefinition, type Principal } from '@/lib/language'
import { issuerV1 } from '@/lib/oidc/token'
import { providerRegistry } from '@/lib/providers/registry'
import { registerOidc } from '@/server/oidc'
import { freePort } from '../peers/free-port'
import { temporaryDatabase } from './database'

export interface ProviderBench {
  /** The v1 issuer, reachable by doubles. */
  issuer: string
  /** What the default subject of {@link ProviderBench.open} is. */
  subject: string
  /** Calls the vendor's origin at a double from now on. */
  redirect(endpoints: Record<string, string>): void
  open(definition: string, options?: OpenOptions): Promise<OpenResult>
  close(): Promise<void>
}

export interface OpenOptions {
  /** `project/name`; `shop/dev` unless given. */
  name?: string
  principal?: Principal
}

export interface OpenResult {
  /** Plain JSON of the values, secrets shown. */
  values: Record<string, unknown>
  /** Paths of the values that are marked secret. */
  secrets: string[]
  /** Summaries of the errors. */
  errors: string[]
  /** Of the provider calls, in the order of the document; ISO 8601. */
  expiries: (string | undefined)[]
}

const organization = 'acme'
const defaultPrincipal: Principal = { login: 'jane', token: { type: 'personal', name: 'laptop' } }

export async function startProviderBench(): Promise<ProviderBench> {
  const port = await freePort()
  const configure = (endpoints: Record<string, string>): void => {
    const pairs = Object.entries(endpoints).map(([vendor, own]) => `${vendor}=${own}`)
    process.env.OPENESC_URL = `http://127.0.0.1:${port}`
    process.env.OPENESC_ALLOW_PRIVATE_TARGETS = '127.0.0.0/8'
    process.env.OPENESC_PROVIDER_ENDPOINTS = pairs.join(',')
    // The configuration is parsed once per process; here it changes with every double.
    Reflect.deleteProperty(globalThis, Symbol.for('openesc.config'))
  }
  configure({})
  const database = await temporaryDatabase()
  const app = Fastify()
  registerOidc(app)
  await app.listen({ host: '127.0.0.1', port })
  const known: Record<string, string> = {}
  return {
    issuer: issuerV1(),
    subject: 'pulumi:environments:org:acme:env:shop/dev',
    redirect: (endpoints) => configure(Object.assign(known, endpoints)),
    open: openText,
    close: async () => {
      await app.close()
      await database.close()
    },
  }
}

async function openText(
  definition: string,
  { name = 'shop/dev', principal = defaultPrincipal }: OpenOptions = {},
): Promise<OpenResult> {
  const opened = await openDefinition({
    name,
    definition,
    organization,
    principal,
    providers: providerRegistry,
  })
  const secrets: string[] = []
  const values = Object.fromEntries(
    Object.entries(opened.environment?.properties ?? {}).map(([key, value]) => [
      key,
      plain(value, key, secrets),
    ]),
  )
  return {
    values,
    secrets,
    errors: opened.diagnostics.filter(({ severity }) => severity === 'error').map(({ summary }) => summary),
    expiries: opened.calls.map(({ expiresAt }) => expiresAt?.toISOString()),
  }
}

function plain(value: unknown, path: string, secrets: string[]): unknown {
  if (typeof value !== 'object' || value === null || 'unknown' in value) return undefined
  // The wire leaves out a null.
  if (!('value' in value)) return null
  if ('secret' in value && value.secret === true) secrets.push(path)
  const inner = value.value
  if (Array.isArray(inner)) return inner.map((item, index) => plain(item, `${path}[${index}]`, secrets))
  if (typeof inner !== 'object' || inner === null) return inner
  return Object.fromEntries(
    Object.entries(inner).map(([key, member]) => [key, plain(member, `${path}.${key}`, secrets)]),
  )
}
