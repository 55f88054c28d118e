/** Puts the initial state of a scenario into the database, below the checks that a save makes. */
import type { Actor } from '@/lib/access/actor'
import { createDraft } from '@/lib/approvals/drafts'
import { createGate } from '@/lib/approvals/gates'
import { database, withTransaction } from '@/lib/db'
import { sealSecrets } from '@/lib/environments/ciphertexts'
import { createEnvironment } from '@/lib/environments/create'
import { createEnvironmentTag } from '@/lib/environments/environment-tags'
import type { EnvironmentReference } from '@/lib/environments/reference'
import { addRevision } from '@/lib/environments/save'
import type { Environment } from '@/lib/generated/prisma/client'
import { decryptSecrets } from '@/lib/language/edit/secrets'
import { environmentCipher, sealingKeys } from '@/lib/secrets'
import type { TestPerson } from '../support/installation'
import type { SeedEnvironment } from './scenario'

/** The scenarios' service keeps a draft as an environment of this name. */
const draftSuffix = '_DRAFT'

/** @returns the names that the server made up, by those that the scenario assumes */
export async function seedEnvironments(
  person: TestPerson,
  environments: readonly SeedEnvironment[],
): Promise<Record<string, string>> {
  const names: Record<string, string> = {}
  for (const environment of environments) {
    if (environment.path.endsWith(draftSuffix)) names.EXAMPLE = await seedDraft(person, environment)
    else await seedEnvironment(person, environment)
  }
  return names
}

async function seedDraft({ actor }: TestPerson, seed: SeedEnvironment): Promise<string> {
  const [organization = '', project = '', name = ''] = seed.path.slice(0, -draftSuffix.length).split('/')
  const reference = { organization, project, name }
  await newEnvironment(actor, reference)
  const definition = seed.revisions.at(-1)?.definition ?? ''
  return (await createDraft(actor, { ...reference, definition })).id
}

async function seedEnvironment({ actor, id: personId }: TestPerson, seed: SeedEnvironment): Promise<void> {
  const [organization = '', project = '', name = ''] = seed.path.split('/')
  const reference = { organization, project, name }
  const environment = await newEnvironment(actor, reference)
  for (const [index, revision] of seed.revisions.entries()) {
    const definition = await sealedFor(environment, seed.path, revision.definition)
    const number = await append(actor, environment, { after: index + 1, definition })
    for (const tag of revision.tags) await pointTag({ environment, tag, revision: number })
    if (revision.retracted) await retract({ environment, number, personId, ...revision.retracted })
  }
  for (const [tag, value] of Object.entries(seed.tags))
    await createEnvironmentTag(actor, { ...reference, tag, value })
  for (const list of Object.values(seed.referrers)) {
    for (const { environment: referrer } of list) {
      if (referrer) await seedReferrer(actor, { ...referrer, organization, target: `${project}/${name}` })
    }
  }
}

export async function gateOpening({ actor }: TestPerson, path: string): Promise<void> {
  const [organization = '', project = '', name = ''] = path.split('/')
  await createGate(actor, {
    organization,
    project,
    name,
    title: 'opening',
    enabled: true,
    actions: ['open'],
    approvalsRequired: 1,
    allowSelfApproval: false,
    reapproveOnChange: true,
    approvers: [{ kind: 'permission', scope: 'environment_access:update' }],
    bypassers: [],
  })
}

async function newEnvironment(actor: Actor, reference: EnvironmentReference): Promise<Environment> {
  const { id } = await createEnvironment(actor, reference)
  return database().environment.findUniqueOrThrow({ where: { id } })
}

async function sealedFor(environment: Environment, name: string, definition: string): Promise<string> {
  const cipher = environmentCipher(environment.id, await sealingKeys(database(), environment.organizationId))
  const plain = await decryptSecrets(definition, async (ciphertext) => openFake(ciphertext))
  return (await sealSecrets(plain.text, cipher, name)).text
}

async function append(
  actor: Actor,
  environment: Environment,
  { after, definition }: { readonly after: number; readonly definition: string },
): Promise<number> {
  const change = { environment, after, definition, message: '' }
  return withTransaction(async (tx) => (await addRevision(tx, actor, change)).number)
}

interface SeedReferrer {
  readonly organization: string
  readonly project: string
  readonly name: string
  /** The revision that imports the target; those before it are empty. */
  readonly revision: number
  /** `project/env` */
  readonly target: string
}

async function seedReferrer(actor: Actor, { target, revision, ...reference }: SeedReferrer): Promise<void> {
  const environment = await newEnvironment(actor, reference)
  for (let after = 1; after < revision; after++) {
    const definition = after + 1 === revision ? `imports:\n    - ${target}\n` : `# ${after}\n`
    await append(actor, environment, { after, definition })
  }
}

interface TagPlace {
  readonly environment: Environment
  readonly tag: string
  readonly revision: number
}

async function pointTag({ environment, tag: name, revision }: TagPlace): Promise<void> {
  const { id: environmentId, organizationId } = environment
  await database().revisionTag.create({ data: { environmentId, organizationId, name, revision } })
}

interface SeedRetraction {
  readonly environment: Environment
  readonly number: number
  readonly personId: string
  readonly replacement: number
  readonly reason: string
}

/** Written as it is: a scenario may name a replacement that the product would refuse. */
async function retract({
  environment,
  number,
  personId,
  replacement,
  reason,
}: SeedRetraction): Promise<void> {
  const { id: environmentId, organizationId } = environment
  await database().revision.updateMany({
    where: { environmentId, organizationId, number },
    data: { retractedAt: new Date(), retractedById: personId, retractReason: reason, replacement },
  })
}

/** The original harness "encrypts" by adding 128 to each byte, between an 8-byte header and a 4-byte checksum. */
function openFake(ciphertext: string): string {
  const bytes = Buffer.from(ciphertext, 'base64').subarray(8, -4)
  return Buffer.from(bytes.map((byte) => byte ^ 0x80)).toString()
}
