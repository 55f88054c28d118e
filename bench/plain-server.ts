/**
 * The ceiling for bench/api.ts: `node:http` and PostgreSQL with nothing between, one statement for a read, one more for
 * what an open must leave behind. No permissions, no encryption, no audit. Run as a process of its own.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })

const read = {
  name: 'read',
  text: `SELECT r."definition", r."etag", r."number", e."id", e."organizationId" FROM "AccessToken" t
    JOIN "Person" p ON p."id" = t."personId", "Organization" o
    JOIN "Environment" e ON e."organizationId" = o."id"
    JOIN "Revision" r ON r."environmentId" = e."id" AND r."number" = e."latestRevision"
    WHERE t."hash" = $1 AND o."nameKey" = $2 AND e."projectKey" = $3 AND e."nameKey" = $4 AND e."deletedAt" IS NULL`,
}
const leave = {
  name: 'leave',
  text: `INSERT INTO "OpenSession" ("id", "organizationId", "environmentId", "sealed", "expiresAt")
    VALUES ($1, $2, $3, $4, now() + interval '2 hours')`,
}
const result = Buffer.alloc(1024)

const server = createServer(async ({ method, url = '', headers }, response) => {
  const [, , , , organization, project, name] = url.split('/')
  // As it is stored: without its prefix.
  const token = (headers.authorization ?? '').slice('token pul-'.length)
  const hash = createHash('sha256').update(token).digest()
  const { rows } = await pool.query({ ...read, values: [hash, organization, project, name] })
  const [row] = rows
  if (row === undefined) return response.writeHead(404).end()
  if (method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/x-yaml', etag: row.etag })
    return response.end(row.definition)
  }
  const id = randomUUID()
  await pool.query({ ...leave, values: [id, row.organizationId, row.id, result] })
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(`${JSON.stringify({ id })}\n`)
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
})
process.once('disconnect', () => process.exit(0))
