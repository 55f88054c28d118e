/**
 * Writes a migration from the difference between the data model of the last one and `schema.prisma`:
 *
 *   node prisma/author.mjs NAME       writes prisma/migrations/<time>_NAME/migration.sql
 *   node prisma/author.mjs --check    exits 1 and prints the difference when a migration is missing
 *
 * `prisma migrate dev` would download an engine and want a second database; the same engine as WebAssembly needs
 * neither. What Prisma cannot say (checks, partial indexes, triggers) is added to the file by hand.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'

const here = import.meta.dirname
const schemaFile = join(here, 'schema.prisma')
const migrationsDirectory = join(here, 'migrations')
const snapshotFile = join(migrationsDirectory, 'schema.prisma')
const enginePackage = join(here, '../node_modules/@prisma/schema-engine-wasm')

/** Loaded by path: the package's own entry imports `.wasm`, which Node 20 does not. */
async function loadEngine() {
  const glue = await import(join(enginePackage, 'schema_engine_bg.js'))
  const bytes = readFileSync(join(enginePackage, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return glue.SchemaEngine
}

async function differenceOf(before, after) {
  const SchemaEngine = await loadEngine()
  const container = (content) => ({ tag: 'schemaDatamodel', files: [{ path: schemaFile, content }] })
  const scratch = new PrismaPGlite(await PGlite.create())
  const engine = await SchemaEngine.new(
    { datamodels: [[schemaFile, after]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(scratch),
  )
  const { stdout } = await engine.diff({
    from: before === null ? { tag: 'empty' } : container(before),
    to: container(after),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
    shadowDatabaseUrl: null,
  })
  return stdout?.trim() === '-- This is an empty migration.' ? '' : (stdout ?? '')
}

async function main(name) {
  const after = readFileSync(schemaFile, 'utf8')
  const before = existsSync(snapshotFile) ? readFileSync(snapshotFile, 'utf8') : null
  const sql = await differenceOf(before, after)
  if (name === '--check') {
    process.stdout.write(sql)
    process.exitCode = sql === '' ? 0 : 1
    return
  }
  if (!/^[a-z0-9_]+$/.test(name ?? '')) throw new Error('usage: node prisma/author.mjs NAME | --check')
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const directory = join(migrationsDirectory, `${time}_${name}`)
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'migration.sql'), sql)
  writeFileSync(snapshotFile, after)
  process.stdout.write(`${directory}/migration.sql\n`)
}

await main(process.argv[2])
