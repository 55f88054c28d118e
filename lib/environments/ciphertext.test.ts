import { beforeAll, describe, expect, it } from 'vitest'
import { database } from '@/lib/db'
import { listSecrets } from '@/lib/language/edit'
import { describeOnEachDatabase } from '../../tests/support/each-database'
import { refusal } from '../../tests/support/failures'
import {
  addEnvironment,
  addGrant,
  addOrganization,
  addPerson,
  type TestPerson,
} from '../../tests/support/installation'
import { decryptCiphertext, resealCiphertext } from './ciphertext'
import { createDefinedEnvironments } from './create-defined'
import { readEnvironment } from './read'
import { saveEnvironment } from './save'

describeOnEachDatabase('one ciphertext', () => {
  let alice: TestPerson
  let reader: TestPerson
  let writer: TestPerson
  let stranger: TestPerson
  let ciphertext: string
  const target = { organization: 'acme', project: 'shop', name: 'target' }

  beforeAll(async () => {
    alice = await addPerson('alice')
    reader = await addPerson('reader')
    writer = await addPerson('writer')
    stranger = await addPerson('stranger')
    const acme = await addOrganization('acme', {
      admin: alice,
      members: [
        [reader, 'member'],
        [writer, 'member'],
      ],
      defaultPermission: 'none',
    })
    await addOrganization('other', { admin: stranger })
    const definition = 'values:\n  s:\n    fn::secret: hush\n'
    await createDefinedEnvironments(alice.actor, {
      organization: 'acme',
      environments: [{ project: 'shop', name: 'source', definition }],
    })
    const source = await readEnvironment(alice.actor, {
      organization: 'acme',
      project: 'shop',
      name: 'source',
    })
    ciphertext = /ciphertext: (\S+)/.exec(source.definition)?.[1] ?? ''
    expect(listSecrets(source.definition)).toMatchObject([{ sealed: true }])
    const found = await database().environment.findFirstOrThrow({ where: { nameKey: 'source' } })
    await addGrant(found, reader, 'read')
    const made = await addEnvironment(acme, 'shop/target')
    await addGrant(made, writer, 'write')
    await addGrant(found, writer, 'open')
  })

  const decrypt = (person: TestPerson, text = ciphertext, organization = 'acme') =>
    decryptCiphertext(person.actor, { organization, ciphertext: text })
  const reseal = (person: TestPerson, text = ciphertext) =>
    resealCiphertext(person.actor, { ...target, ciphertext: text })
  const recorded = () => database().auditEvent.count({ where: { event: 'environment-decrypted' } })

  it('opens for who may open its environment, and that is recorded there', async () => {
    const before = await recorded()
    expect(await decrypt(alice)).toEqual({ plaintext: 'hush' })
    expect(await recorded()).toBe(before + 1)
    const [event] = await database().auditEvent.findMany({ orderBy: { sequence: 'desc' }, take: 1 })
    expect(event).toMatchObject({ environment: 'shop/source', actorLogin: 'alice' })
    expect(JSON.stringify(event)).not.toContain('hush')
  })

  it('stays shut for who may only read, and is nothing at all for others', async () => {
    const before = await recorded()
    expect((await refusal(decrypt(reader))).code).toBe('forbidden')
    expect((await refusal(decrypt(stranger))).code).toBe('not_found')
    expect((await refusal(decrypt(stranger, ciphertext, 'other'))).code).toBe('not_found')
    expect(await recorded()).toBe(before)
  })

  it('that was pasted is sealed anew, and can be saved then', async () => {
    const { ciphertext: own, source } = await reseal(writer)
    expect(source).toBe('shop/source')
    const { etag } = await readEnvironment(writer.actor, target)
    const definition = (text: string) => `values:\n  s:\n    fn::secret:\n      ciphertext: ${text}\n`
    const save = (text: string) =>
      saveEnvironment(writer.actor, { ...target, etag, definition: definition(text) })
    expect((await refusal(save(ciphertext))).code).toBe('diagnostics')
    expect((await save(own)).revision).toBe(2)
    expect(await decrypt(writer, own)).toEqual({ plaintext: 'hush' })
  })

  it('is sealed anew only by who may open the one and write the other', async () => {
    expect((await refusal(reseal(reader))).code).toBe('not_found')
    expect((await refusal(reseal(stranger))).code).toBe('not_found')
  })

  describe('that is damaged', () => {
    it.each(['', 'nonsense', 'ZXNjeAAAAAE='])('is refused: %j', async (text) => {
      expect((await refusal(decrypt(alice, text))).code).toBe('conflict')
    })
    it('in its content is refused too', async () => {
      const damaged = Buffer.from(ciphertext, 'base64')
      damaged.writeUInt8(damaged.readUInt8(damaged.length - 6) ^ 1, damaged.length - 6)
      expect((await refusal(decrypt(alice, damaged.toString('base64')))).code).toBe('conflict')
    })
  })
})
