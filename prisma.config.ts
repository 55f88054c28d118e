import { defineConfig } from 'prisma/config'

// Without this every command, `generate` included, tries to download the schema engine, which we do not use. Any
// executable satisfies the check; Node itself makes the commands that would need the engine fail, whereas a silent one
// (`/bin/true`) would let `migrate deploy` report success and apply nothing.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
})
