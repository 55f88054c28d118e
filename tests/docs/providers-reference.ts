/** Writes docs/providers.md from the schemas of the providers and rotators: what is documented is what is checked. */
import type { Provider, ProviderSchema, Schema } from '@/lib/language'
import { type ProviderDocs, providerDocs } from '@/lib/providers/docs'
import { listProviders } from '@/lib/providers/registry'
import { listRotators } from '@/lib/rotators/registry'

export function providersReference(): string {
  const providers = listProviders().toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const rotators = listRotators().toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return [
    introduction,
    ...providers.map(provider),
    rotatorIntroduction,
    ...rotators.map((rotator) => section(`fn::rotate::${rotator.name}`, rotator.schema())),
    '',
  ].join('\n\n')
}

const introduction = `<!-- Written by npm run docs:providers from the schemas of the providers. Change those, not this file. -->

# Providers

A provider gives values when an environment is opened: credentials that live for minutes or hours, and secrets that are
kept elsewhere. A definition calls one as \`fn::open::NAME\` with its inputs. While you edit, no provider is called: its
values are unknown, but their types are checked and completed.

Values marked *secret* are masked wherever they are shown. The examples below are opened by a test against doubles of
the services, and the doubles are held to the vendors' own clients.

## Trust

Login providers send an identity token of the issuer \`<OPENESC_URL>/oidc\`. Its audience is the prefix of the provider
and the organization (\`aws:acme\`, \`azure:acme\`, \`gcp:acme\`, \`vault:acme\`, \`doppler:acme\`, \`infisical:acme\`,
\`snowflake:acme\`), its subject the environment that was opened, \`pulumi:environments:org:acme:env:shop/dev\`. With
\`subjectAttributes\` the subject lists those instead, in the order given, after the organization:
\`pulumi:environments:pulumi.organization.login:acme:currentEnvironment.name:shop/dev\`. The service must be told to
accept subject *and* audience; *Identity* in the editor shows both. \`debug-oidc-claims\` shows every claim.

## Failures

A call that fails is an error at its place, with a code, what the service said, and what to do. The other values are
still evaluated. Besides the codes of each provider there are:

| Code | Meaning |
| --- | --- |
| \`InvalidInputs\` | the inputs do not fit together, or an address is none |
| \`InvalidSubject\` | a subject attribute has no value for this caller, or one that holds a colon |
| \`RateLimited\` | the service was asked too often; it was asked again for as long as there was time |
| \`Timeout\`, \`Unavailable\`, \`Unreachable\` | the service did not answer in time, is not well, or cannot be reached |
| \`RefusedAddress\` | the address is private; \`OPENESC_ALLOW_PRIVATE_TARGETS\` can allow it |
| \`InvalidAnswer\`, \`UnexpectedAnswer\` | the answer is too large or not of the documented form |
| \`Refused\`, \`NotFound\` | the service refused without a code of its own |`

const rotatorIntroduction = `# Rotators

A rotator keeps a credential that it can renew. A definition calls one as \`fn::rotate::NAME\` with \`inputs\`; the
service keeps its \`state\` beside them.

Where a call disappears from the definition while it is being rotated, the credential that it made has no place to go. The
history then names a leftover, and the credential stays in force at the service. The environment's **Rotation** page lists
leftovers and tells what was made, on the record; remove it at the service, or use it, and let the leftover go. The commands
are \`esc env leftover list ENV\`, \`esc env leftover get ENV ID\` and \`esc env leftover remove ENV ID\`, the API has the
same at \`…/rotate/leftovers\`.
`

function provider({ name, schema }: Provider): string {
  return section(`fn::open::${name}`, schema(), providerDocs[name])
}

function section(
  title: string,
  { description, inputs, outputs }: ProviderSchema,
  docs?: ProviderDocs,
): string {
  const errors = Object.entries(docs?.errors ?? {})
  return [
    `## ${title}`,
    `${description}.`,
    ...(docs?.notes ? [docs.notes] : []),
    '**Inputs**',
    table(inputs),
    '**Outputs**',
    table(outputs),
    ...(docs ? ['**Example**', `\`\`\`yaml\n${docs.example.trimEnd()}\n\`\`\``] : []),
    ...(errors.length > 0 ? ['**Errors**', errorTable(errors)] : []),
  ].join('\n\n')
}

function errorTable(errors: readonly (readonly [string, string])[]): string {
  return [
    '| Code | What to do |',
    '| --- | --- |',
    ...errors.map(([code, advice]) => `| \`${code}\` | ${cell(advice)} |`),
  ].join('\n')
}

interface Row {
  path: string
  schema: Exclude<Schema, boolean>
  required: boolean
  secret: boolean
  rotateOnly: boolean
}

function table(schema: Schema): string {
  const rows = rowsOf(schema, { path: '', required: true, secret: false, rotateOnly: false })
  return [
    '| Property | Type | Required | Secret | Meaning |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(rowText),
  ].join('\n')
}

function rowText({ path, schema, required, secret, rotateOnly }: Row): string {
  const meaning = [schema.description ?? '', rotateOnly ? 'only for rotation' : ''].filter(
    (text) => text !== '',
  )
  const cells = [path === '' ? 'the value' : `\`${path}\``, typeOf(schema), yes(required), yes(secret)]
  return `| ${[...cells, cell(meaning.join('; '))].join(' | ')} |`
}

type Place = Omit<Row, 'schema'>

/** A row for the schema itself and for everything in it; a whole that is secret makes its parts secret. */
function rowsOf(given: Schema, place: Place): Row[] {
  const schema = typeof given === 'boolean' ? {} : given
  const secret = place.secret || schema.secret === true
  const parts = partsOf(schema).flatMap(([name, part, required]) =>
    rowsOf(part, {
      path: place.path === '' ? name : `${place.path}.${name}`,
      required,
      secret,
      rotateOnly: schema.rotateOnly?.includes(name) ?? false,
    }),
  )
  const own = { ...place, schema, secret }
  return place.path === '' && parts.length > 0 ? parts : [own, ...parts]
}

function partsOf(schema: Exclude<Schema, boolean>): [string, Schema, boolean][] {
  const { properties = {}, required = [], additionalProperties, items } = schema
  const named = Object.entries(properties).map(([name, part]): [string, Schema, boolean] => [
    name,
    part,
    required.includes(name),
  ])
  const open = typeof additionalProperties === 'object' || additionalProperties === true
  const rest: [string, Schema, boolean][] = open ? [['*', additionalProperties, false]] : []
  const elements: [string, Schema, boolean][] =
    typeof items === 'object' && items.properties ? [['[]', items, false]] : []
  return [...named, ...rest, ...elements]
}

function typeOf({
  type,
  enum: values,
  const: constant,
  items,
  anyOf,
  pattern,
}: Exclude<Schema, boolean>): string {
  if (constant !== undefined) return `\`${String(constant)}\``
  if (values) return values.map((value) => `\`${String(value)}\``).join(', ')
  if (anyOf) return anyOf.map((member) => (typeof member === 'object' ? typeOf(member) : 'any')).join(' or ')
  if (type === 'array') return `list of ${typeof items === 'object' ? typeOf(items) : 'anything'}`
  if (type === 'string' && pattern !== undefined) return `string, \`${cell(pattern)}\``
  return type || 'any'
}

function yes(condition: boolean): string {
  return condition ? 'yes' : ''
}

/** A bar would end the cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
