import { Failure } from '../../failure'
import type { Io } from '../../io'
import { type Writable, writeJson } from '../../output/json'

/** The option of commands that print for people or for programs (cli.md §5.3). */
export const outputOption = {
  output: { kind: 'string', default: 'text', help: "The output format: 'text' or 'json'" },
} as const

export type OutputKind = 'text' | 'json'

/** Checked before anything else; the empty text means text. */
export function parseOutput(text: string): OutputKind {
  if (text === '' || text === 'text') return 'text'
  if (text === 'json') return 'json'
  throw new Failure('USAGE', `invalid --output ${JSON.stringify(text)}: must be "text" or "json"`)
}

/** Prints a document of a fixed shape: members keep the order in which they are given. */
export function printJson(io: Io, document: Writable): void {
  io.stdout.write(`${writeJson(document, { indent: 2, sorted: false })}\n`)
}
