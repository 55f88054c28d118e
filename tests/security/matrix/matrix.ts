/** Asks the matrix: one operation by everybody, held against its line of the table. */
import { expectedOf, type Line } from './audiences'
import type { Operation } from './operations'
import { principals, type Who, withoutCredential } from './principals'
import { type Named, requestFor } from './requests'
import type { Snapshot } from './snapshot'
import { marker } from './strays'
import type { World } from './world'

export interface Asked {
  operation: Operation
  line: Line
  world: World
  snapshot: Snapshot
}

/** Tables that a refusal may write to: that it happened is recorded. */
const records: ReadonlySet<string> = new Set(['AuditChain', 'AuditEvent', 'OutboxEvent', 'RateLimit'])

/** Says what is not as the table says, one sentence each. */
export async function* askEverybody(asked: Asked): AsyncGenerator<string> {
  for (const who of principals) yield* await ask(asked, who)
  yield* await askFromOutside(asked)
  yield* await askAboutStrays(asked)
}

async function ask({ operation, line, world, snapshot }: Asked, who: Who): Promise<string[]> {
  const call = requestFor(operation.name, { ...world.ours, own: world.owned[who] })
  const before = who === 'admin' ? await world.strays.fingerprint() : undefined
  const { status, text } = await operation.perform(call, world.credentials[who])
  const crossed = before === undefined || cascades.has(operation.name) ? [] : await crossings(world, before)
  const changed = await snapshot.restore()
  const expected = expectedOf(line, who, operation)
  const faults: string[] = []
  if (expected === 'allowed' ? !isAllowed(line, status) : status !== expected) {
    faults.push(`${who}: ${status} instead of ${expected}`)
  }
  if (expected !== 'allowed') faults.push(...unexpectedChanges(who, changed))
  return [...faults, ...crossed, ...disclosures(world, who, text)]
}

/** What somebody of our organization did in it has happened to the other. */
async function crossings({ strays }: World, before: string): Promise<string[]> {
  const faults: string[] = []
  if ((await strays.fingerprint()) !== before)
    faults.push('admin: changed what belongs to another organization')
  if ((await strays.copies()) > 0) faults.push('admin: copied what belongs to another organization')
  return faults
}

/** Whatever anybody of ours is told, it is not about the other organization. */
function disclosures({ theirs }: World, who: Who, text: string): string[] {
  if (who === 'stranger') return []
  const secrets = [
    marker,
    theirs.mate,
    theirs.environmentId,
    theirs.role,
    theirs.set,
    theirs.issuer,
    theirs.schedule,
    theirs.leftover,
  ]
  return secrets.filter((secret) => text.includes(secret)).map((secret) => `${who}: was told of ${secret}`)
}

/** P5: what hangs on our environment and belongs to another organization is not there for its administrator. */
async function askAboutStrays({ operation, world, snapshot }: Asked): Promise<string[]> {
  const { ours, owned, strays, credentials } = world
  const usual = requestFor(operation.name, { ...ours, own: owned.admin })
  const own = { ...owned.admin, openSession: strays.openSession }
  const call = requestFor(operation.name, { ...ours, ...strays.names, own })
  if (operation.key(usual) === operation.key(call)) return []
  const before = await strays.fingerprint()
  const { status } = await operation.perform(call, credentials.admin)
  const crossed = await crossings(world, before)
  await snapshot.restore()
  const found = status < 400 && !answersToAnyName.test(operation.name)
  return [...(found ? [`admin naming a stray: ${status}`] : []), ...crossed]
}

/** A webhook takes its deliveries with it, whoever's they are. */
const cascades: ReadonlySet<string> = new Set([
  'DELETE /api/esc/environments/:organization/:project/:name/hooks/:hook',
  '[org]/environments/[project]/[env]/webhooks#removeWebhook',
])

/** Where a name that nothing has is no fault: it is given, or nothing refers to it. */
const answersToAnyName = /versions#tag$|\/versions\/:version\/referrers$/

/** What was asked for and could not be done, for want of a peer or a feature, is no refusal either. */
function isAllowed(line: Line, status: number): boolean {
  if (line === 'holder of a secret') return status < 500
  return ![401, 403, 404, 500].includes(status)
}

function unexpectedChanges(who: string, changed: readonly string[]): string[] {
  return changed
    .filter((table) => !records.has(table))
    .map((table) => `${who}: refused, but changed ${table}`)
}

/**
 * A01: another organization's administrator, who may do everything there. Our organization looks like none at all; and
 * our ids, named in a request about their own organization, find nothing and change nothing.
 */
async function askFromOutside({ operation, line, world, snapshot }: Asked): Promise<string[]> {
  const stranger = world.credentials.stranger
  const own = world.owned.stranger
  if (withoutCredential.has('stranger') || line === 'holder of a secret') return []
  const perform = async (it: Omit<Named, 'own'>) => {
    const answer = await operation.perform(requestFor(operation.name, { ...it, own }), stranger)
    return { ...answer, changed: await snapshot.restore() }
  }
  const faults: string[] = []
  const [ours, nobodys] = [await perform(world.ours), await perform({ ...world.ours, name: 'no-such' })]
  if (ours.status === 404 && ours.text.replaceAll('acme', 'no-such') !== nobodys.text) {
    faults.push('stranger: told apart from who asks for an organization that does not exist')
  }
  const mixed = { ...world.ours, name: world.theirs.name, etag: world.theirs.etag }
  if (!namesIds(operation, world, mixed)) return faults
  const foreign = await perform(mixed)
  if (![400, 403, 404].includes(foreign.status)) faults.push(`stranger with our ids: ${foreign.status}`)
  return [...faults, ...unexpectedChanges('stranger with our ids', foreign.changed)]
}

function namesIds({ name, key }: Operation, world: World, mixed: Omit<Named, 'own'>): boolean {
  const own = world.owned.stranger
  return key(requestFor(name, { ...mixed, own })) !== key(requestFor(name, { ...world.theirs, own }))
}
