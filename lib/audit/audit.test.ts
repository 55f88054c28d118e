import { describe, expect, it } from 'vitest'
import { operator } from '@/lib/access/actor'
import { database, Prisma, withOneStatement, withTransaction } from '@/lib/db'
import { describeOnEachDatabase } from '@/tests/support/each-database'
import { appendAudit, appendAuditWith, verifyChain } from '.'

function append(organizationId: string, event: string, data: Record<string, string> = {}) {
  return withTransaction((tx) =>
    appendAudit(tx, { actor: operator, organizationId, event, description: 'Something happened', data }),
  )
}

/** The trigger forbids what follows; somebody who owns the database can switch it off. */
async function tamper(sql: string) {
  await database().$executeRawUnsafe('ALTER TABLE "AuditEvent" DISABLE TRIGGER USER')
  await database().$executeRawUnsafe(sql)
  await database().$executeRawUnsafe('ALTER TABLE "AuditEvent" ENABLE TRIGGER USER')
}

async function chainOf(organizationId: string, length: number) {
  for (let at = 1; at <= length; at++) await append(organizationId, `event-${at}`, { at: String(at) })
}

describeOnEachDatabase('the audit chain', () => {
  it('U04: numbers parallel entries without gaps', async () => {
    await Promise.all(Array.from({ length: 100 }, (_, at) => append('parallel', `event-${at}`)))
    expect(await verifyChain('parallel')).toMatchObject({ intact: true, entries: 100 })
  })

  it('is intact without entries', async () => {
    expect(await verifyChain('empty')).toMatchObject({ intact: true, entries: 0 })
  })

  it('is written with the effect or not at all', async () => {
    const failing = withTransaction(async (tx) => {
      await appendAudit(tx, { actor: operator, organizationId: 'rolled-back', event: 'x', description: 'x' })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await verifyChain('rolled-back')).toMatchObject({ intact: true, entries: 0 })
    expect(await database().outboxEvent.count({ where: { organizationId: 'rolled-back' } })).toBe(0)
  })

  describe('with the effect in the same statement', () => {
    const effects = () => database().rateLimit.count({ where: { key: { startsWith: 'effect-' } } })
    const appendWith = (organizationId: string, given: string) =>
      withOneStatement((db) =>
        appendAuditWith(
          db,
          { actor: operator, organizationId, event: 'x', description: 'x' },
          {
            given: Prisma.sql`SELECT FROM (SELECT 1 FROM "AuditChain" WHERE "organizationId" = ${given} FOR SHARE) one`,
            effect: Prisma.sql`INSERT INTO "RateLimit" ("key", "count", "windowStart")
              SELECT ${'effect-'}::text || gen_random_uuid(), 1, now() FROM link`,
          },
        ),
      )

    it('U04: numbers parallel entries without gaps, each with its effect', async () => {
      await Promise.all(['with', 'given'].map((organization) => append(organization, 'first')))
      const before = await effects()
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => appendWith('with', 'given')))
      expect(new Set(outcomes)).toEqual(new Set([true]))
      expect(await verifyChain('with')).toMatchObject({ intact: true, entries: 51 })
      expect(await effects()).toBe(before + 50)
    })

    it('does nothing where what must be given is not, and where there is no chain yet', async () => {
      await Promise.all(['lacks', 'given'].map((organization) => append(organization, 'first')))
      const before = await effects()
      expect(await appendWith('lacks', 'not there')).toBe(false)
      expect(await appendWith('no chain', 'given')).toBe(false)
      expect(await verifyChain('lacks')).toMatchObject({ intact: true, entries: 1 })
      expect(await verifyChain('no chain')).toMatchObject({ intact: true, entries: 0 })
      expect(await effects()).toBe(before)
    })
  })

  it('leaves an outbox row beside each entry', async () => {
    await append('outbox', 'environment-created')
    const rows = await database().outboxEvent.findMany({ where: { organizationId: 'outbox' } })
    expect(rows.map((row) => row.payload)).toEqual([
      { event: 'environment-created', sequence: 1, environmentId: null },
    ])
  })

  it('U03: keeps control characters and broken text inert', async () => {
    await append('text', 'x', { name: 'a\u0000b\nc\u001b[31m\ud800', other: '__proto__' })
    expect(await verifyChain('text')).toMatchObject({ intact: true, entries: 1 })
    const row = await database().auditEvent.findFirst({ where: { organizationId: 'text' } })
    expect(row?.data).toEqual({ name: 'a\ufffdb\nc\u001b[31m\ufffd', other: '__proto__' })
  })

  it('refuses changes to what was written', async () => {
    await append('append-only', 'x')
    const where = { organizationId: 'append-only' }
    await expect(database().auditEvent.updateMany({ where, data: { event: 'y' } })).rejects.toThrow(
      'append-only',
    )
    await expect(database().auditEvent.deleteMany({ where })).rejects.toThrow('append-only')
    await expect(database().$executeRawUnsafe('TRUNCATE "AuditEvent"')).rejects.toThrow('append-only')
  })
})

describeOnEachDatabase('U02: verify names the first bad entry', () => {
  const cases: { name: string; sql: (organization: string) => string; sequence: number; problem: string }[] =
    [
      {
        name: 'deleted',
        sql: (id) => `DELETE FROM "AuditEvent" WHERE "organizationId" = '${id}' AND "sequence" = 3`,
        sequence: 3,
        problem: 'missing_entry',
      },
      {
        name: 'edited',
        sql: (id) =>
          `UPDATE "AuditEvent" SET "event" = 'y' WHERE "organizationId" = '${id}' AND "sequence" = 2`,
        sequence: 2,
        problem: 'altered_entry',
      },
      {
        name: 'edited data',
        sql: (id) =>
          `UPDATE "AuditEvent" SET "data" = '{}' WHERE "organizationId" = '${id}' AND "sequence" = 4`,
        sequence: 4,
        problem: 'altered_entry',
      },
      {
        name: 'swapped',
        sql: (id) =>
          `UPDATE "AuditEvent" SET "event" = CASE "sequence" WHEN 2 THEN 'event-3' ELSE 'event-2' END
         WHERE "organizationId" = '${id}' AND "sequence" IN (2, 3)`,
        sequence: 2,
        problem: 'altered_entry',
      },
      {
        name: 'truncated',
        sql: (id) => `DELETE FROM "AuditEvent" WHERE "organizationId" = '${id}' AND "sequence" = 5`,
        sequence: 5,
        problem: 'wrong_head',
      },
      {
        name: 'inserted',
        sql: (id) =>
          `INSERT INTO "AuditEvent" SELECT "organizationId", 6, "at", "event", "description", "actorKind", "actorId",
         "actorLogin", "credentialKind", "credentialId", "address", "requestId", "environmentId", "environment",
         "data", "previousHash", "hash" FROM "AuditEvent" WHERE "organizationId" = '${id}' AND "sequence" = 5`,
        sequence: 6,
        problem: 'wrong_predecessor',
      },
      {
        name: 'cloned',
        sql: (id) =>
          `UPDATE "AuditEvent" SET "organizationId" = '${id}-other' WHERE "organizationId" = '${id}'`,
        sequence: 1,
        problem: 'wrong_head',
      },
    ]
  it.each(cases)('$name', async ({ name, sql, sequence, problem }) => {
    await chainOf(name, 5)
    expect(await verifyChain(name)).toMatchObject({ intact: true, entries: 5 })
    await tamper(sql(name))
    expect(await verifyChain(name)).toEqual({ intact: false, sequence, problem })
  })

  it('another organization’s chain', async () => {
    expect(await verifyChain('cloned-other')).toEqual({
      intact: false,
      sequence: 1,
      problem: 'wrong_predecessor',
    })
  })
})
