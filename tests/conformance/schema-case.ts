import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileSchema } from '@/lib/language/schema/compile'
import { readSchema } from '@/lib/language/schema/read'
import { readJson } from '@/lib/language/text/json-read'
import { Mismatch } from './compare'

/** `schema/esc.json` reads as a schema and compiles. */
export function runSchemaCase(folder: string): void {
  const json = readJson(readFileSync(join(folder, 'esc.json'), 'utf8'))
  if (!json.ok) throw new Mismatch(json.reason)
  const read = readSchema(json.value)
  if (!read.ok) throw new Mismatch(read.message)
  const compiled = compileSchema(read.schema)
  if (!compiled.ok) throw new Mismatch(compiled.message)
}
