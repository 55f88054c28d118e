import { isUtf8 } from 'node:buffer'
import type { PropertyPath } from '@/lib/language/syntax/path'
import { Failure, prefixed } from '../failure'
import type { Io } from '../io'
import { between } from '../parse/arguments'
import { defineCommand, type Options } from '../parse/command'
import { setInDefinition } from './shared/edit-definition'
import { environmentItself } from './shared/environment'
import { readBytes } from './shared/files'
import { propertyPath } from './shared/property-path'
import { referenceUsage } from './shared/reference-argument'
import { reportChange } from './shared/report-change'
import { looksLikeSecret } from './shared/secret-strength'
import { draftOption, readTarget, submit, targetOf } from './shared/submit'
import { readValue, type TypedValue } from './shared/value-argument'

const options = {
  secret: { kind: 'boolean', help: 'true to mark the value as secret' },
  plaintext: { kind: 'boolean', help: 'true to leave the value in plaintext' },
  string: {
    kind: 'boolean',
    help: 'true to treat the value as a string rather than attempting to parse it as YAML',
  },
  file: {
    kind: 'string',
    short: 'f',
    help: 'the file to read the value from, if any. Pass `-` to read from standard input.',
  },
  ...draftOption,
} as const

export const command = defineCommand({
  usage: `${referenceUsage} <path> <value>`,
  long: `Set a value within an environment

The value is YAML; with --string it is taken as it is. With --secret it is encrypted. The rest of the definition keeps
its layout and comments.`,
  examples: `  esc env set myorg/myproject/dev app.port 8080
  esc env set myorg/myproject/dev db.password --secret --file password.txt
  esc env set myorg/myproject/dev 'imports[0]' myproject/base`,
  options,
  args: between(1, 3),
  async run(call) {
    const { io } = call
    const { session, name, rest } = await environmentItself(call, 'set')
    const { path, typed } = await readArguments(io, rest, call.options)
    const target = targetOf(call.options.draft)
    const definition = await readTarget(session, name, target)
    const text = setInDefinition(definition.text, path, typed.value)
    reportChange(io, await submit(session, name, target, { text, etag: definition.etag }))
    return undefined
  },
})

/** Everything that can be judged before the definition is read. */
async function readArguments(
  io: Io,
  [pathText, valueText]: readonly string[],
  given: Options<typeof options>,
): Promise<{ path: PropertyPath; typed: TypedValue }> {
  if (pathText === undefined || (!given.file && valueText === undefined)) {
    throw new Failure('USAGE', given.file ? 'expected a path' : 'expected a path and a value')
  }
  const path = propertyPath(pathText, 'invalid path')
  if (path.length === 0) throw new Failure('PATH', 'path must contain at least one element')
  const text = given.file ? await readValueFile(io, given.file) : (valueText ?? '')
  const typed = readValue(text, given)
  const last = path.at(-1)
  const guarded = !given.secret && !given.plaintext && typed.text !== undefined && typeof last === 'string'
  if (guarded && looksLikeSecret(last, typed.text)) {
    throw new Failure(
      'INPUT',
      'value looks like a secret; rerun with --secret to mark it as such, or --plaintext if you meant to leave it as plaintext',
    )
  }
  return { path, typed }
}

async function readValueFile(io: Io, file: string): Promise<string> {
  const bytes = await readBytes(io, file).catch((error: unknown) => {
    throw prefixed(file === '-' ? 'could not read from stdin' : 'could not read file', error)
  })
  if (!isUtf8(bytes)) throw new Failure('INPUT', 'file content must be valid UTF-8')
  return bytes.toString()
}
