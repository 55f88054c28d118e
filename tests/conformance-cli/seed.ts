/** Puts the initial state of a scenario into the database, below the checks that a save makes. */
import { database, withTransaction } from '@/lib/db'
import { sealSecrets } from '@/lib/environments/ciphertexts'
import { createEnvironment } from '@/lib/environments/create'
import { createEnvironmentTag } from '@/lib/environments/environment-tags'
import { retractRevision } from '@/lib/environments/retract'
import { addRevision } from '@/lib/environments/save'
import { decryptSecrets } from '@/lib/language/edit/secrets'
import { environmentCipher, sealingKeys } from '@/lib/secrets'
import type { TestPerson } from '../support/installation'
import type { SeedEnvironment } from './scenario'

export async function seedEnvironments(
  person: TestPerson,
  environments: readonly SeedEnvironment[],
): Promise<void> {
  for (const environment of environments) await seedEnvironment(person, environment)
}

async function seedEnvironment({ actor }: TestPerson, seed: SeedEnvironment): Promise<void> {
  const [organization = '', project = '', name = ''] = seed.path.split('/')
  const reference = { organization, project, name }
  const { id } = await createEnvironment(actor, reference)
  const environment = await database().environment.findUniqueOrThrow({ where: { id } })
  const cipher = environmentCipher(id, await sealingKeys(database(), environment.organizationId))
  for (const [index, revision] of seed.revisions.entries()) {
    const plain = await decryptSecrets(revision.definition, async (ciphertext) => openFake(ciphertext))
    const { text: definition } = await sealSecrets(plain.text, cipher, seed.path)
    const number = await withTransaction(async (tx) => {
      const current = { environment, after: index + 1, definition, message: '' }
      return (await addRevision(tx, actor, current)).number
    })
    for (const tag of revision.tags) await pointTag({ environment, tag, revision: number })
  }
  for (const [index, { retracted }] of seed.revisions.entries()) {
    if (retracted) await retractRevision(actor, { ...reference, version: String(index + 2), ...retracted })
  }
  for (const [tag, value] of Object.entries(seed.tags))
    await createEnvironmentTag(actor, { ...reference, tag, value })
}

interface TagPlace {
  readonly environment: { readonly id: string; readonly organizationId: string }
  readonly tag: string
  readonly revision: number
}

async function pointTag({ environment, tag: name, revision }: TagPlace): Promise<void> {
  const { id: environmentId, organizationId } = environment
  await database().revisionTag.create({ data: { environmentId, organizationId, name, revision } })
}

/** The original harness "encrypts" by adding 128 to each byte, between an 8-byte header and a 4-byte checksum. */
function openFake(ciphertext: string): string {
  const bytes = Buffer.from(ciphertext, 'base64').subarray(8, -4)
  return Buffer.from(bytes.map((byte) => byte ^ 0x80)).toString()
}
