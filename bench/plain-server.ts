/**
 * The ceilings for bench/api.ts: `node:http` and PostgreSQL with nothing between. A read is the one statement that any
 * correct server must ask: token, person, membership, environment and revision at once, without roles, teams, grants and
 * gates. An open leaves its session behind; with `?recorded` it does what must not be left out, in one transaction: the
 * question again, the sealed session, and an entry at the end of the organization's audit chain. No evaluation.
 * Run as a process of its own.
 */
import { createCipheriv, createHash, randomBytes, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })

const read = {
  name: 'read',
  text: `SELECT r."definition", r."etag", r."number", e."id", e."organizationId", p."id" AS "personId", p."login"
    FROM "AccessToken" t
    JOIN "Person" p ON p."id" = t."personId" AND p."disabledAt" IS NULL
    JOIN "Organization" o ON o."nameKey" = $2
    JOIN "Member" m ON m."organizationId" = o."id" AND m."personId" = p."id"
    JOIN "Environment" e ON e."organizationId" = o."id"
    JOIN "Revision" r ON r."environmentId" = e."id" AND r."number" = e."latestRevision"
    WHERE t."hash" = $1 AND t."revokedAt" IS NULL AND (t."expiresAt" IS NULL OR t."expiresAt" > now())
      AND e."projectKey" = $3 AND e."nameKey" = $4 AND e."deletedAt" IS NULL`,
}
const leave = {
  name: 'leave',
  text: `INSERT INTO "OpenSession" ("id", "organizationId", "environmentId", "sealed", "expiresAt")
    VALUES ($1, $2, $3, $4, now() + interval '2 hours')`,
}
const head = {
  name: 'head',
  text: `SELECT "sequence", "hash" FROM "AuditChain" WHERE "organizationId" = $1 FOR UPDATE`,
}
const entry = {
  name: 'entry',
  text: `WITH entry AS (
      INSERT INTO "AuditEvent" ("organizationId", "sequence", "at", "event", "description", "actorKind", "actorId",
        "actorLogin", "credentialKind", "credentialId", "environmentId", "data", "previousHash", "hash")
      VALUES ($1, $2, now(), 'bench', 'Opened', 'person', $3, $4, 'personal', '', $5, '{}', $6, $7)
    ), outbox AS (
      INSERT INTO "OutboxEvent" ("id", "organizationId", "kind", "payload") VALUES ($8, $1, 'audit', '{"sequence":0}')
    ) UPDATE "AuditChain" SET "sequence" = $2, "hash" = $7 WHERE "organizationId" = $1`,
}

const result = Buffer.alloc(1500)
const key = randomBytes(32)

function seal(): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return Buffer.concat([nonce, cipher.update(result), cipher.final(), cipher.getAuthTag()])
}

/** @returns the session's id; undefined when the question is answered otherwise by now */
async function record(question: unknown[]): Promise<string | undefined> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const { rows } = await client.query({ ...read, values: question })
    const [row] = rows
    if (row === undefined) return undefined
    const id = randomUUID()
    await client.query({ ...leave, values: [id, row.organizationId, row.id, seal()] })
    const { rows: heads } = await client.query({ ...head, values: [row.organizationId] })
    const [last] = heads
    const sequence = last.sequence + 1
    const hash = createHash('sha256')
      .update(`${last.hash.toString('hex')} ${sequence} ${row.personId}`)
      .digest()
    const place = [row.organizationId, sequence, row.personId, row.login, row.id, last.hash, hash]
    await client.query({ ...entry, values: [...place, randomUUID()] })
    return id
  } finally {
    await client.query('COMMIT')
    client.release()
  }
}

const server = createServer(async ({ method, url = '', headers }, response) => {
  const [path = '', search] = url.split('?')
  const [, , , , organization, project, name] = path.split('/')
  // As it is stored: without its prefix.
  const token = (headers.authorization ?? '').slice('token pul-'.length)
  const question = [createHash('sha256').update(token).digest(), organization, project, name]
  const { rows } = await pool.query({ ...read, values: question })
  const [row] = rows
  if (row === undefined) return response.writeHead(404).end()
  if (method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/x-yaml', etag: row.etag })
    return response.end(row.definition)
  }
  const id = search === 'recorded' ? await record(question) : randomUUID()
  if (search !== 'recorded') {
    await pool.query({ ...leave, values: [id, row.organizationId, row.id, result] })
  }
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(`${JSON.stringify({ id })}\n`)
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
})
process.once('disconnect', () => process.exit(0))
