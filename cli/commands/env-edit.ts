import { type CheckResult, checkText, type Definition } from '../client/environments'
import { environmentValue } from '../client/values'
import type { Session } from '../credentials/session'
import { Failure, within } from '../failure'
import { readLine } from '../io'
import { paintFor } from '../output/colour'
import { hasErrors, type Source, sourceStyle } from '../output/diagnostics'
import { writeJson } from '../output/json'
import { plainValue } from '../output/value'
import { atMost } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import { type EnvironmentName, projectName } from '../reference/reference'
import { type Editor, editText, findEditor } from './shared/editor'
import { environmentItself } from './shared/environment'
import { readTextFile } from './shared/files'
import { referenceUsage } from './shared/reference-argument'
import { draftOption, readTarget, type Submission, submit, type Target, targetOf } from './shared/submit'

export const command = defineCommand({
  usage: referenceUsage,
  long: `Edit an environment's definition

This command fetches the current definition of the environment and opens it in an editor. The editor is that of
--editor, VISUAL or EDITOR, else vi. With --file the definition is replaced without an editor.`,
  options: {
    editor: { kind: 'string', help: 'the command to use to edit the environment definition' },
    file: {
      kind: 'string',
      short: 'f',
      help: 'the file that contains the updated environment, if any. Pass `-` to read from standard input.',
    },
    'show-secrets': { kind: 'boolean', help: 'Show static secrets in plaintext rather than ciphertext' },
    ...draftOption,
  },
  args: atMost(1),
  async run(call) {
    const { io, options } = call
    const { session, name } = await environmentItself(call, 'edit')
    const target = targetOf(options.draft)
    if (options.file) {
      const text = await within('reading environment definition', () => readTextFile(io, options.file))
      report(session, await submit(session, name, target, { text, etag: '' }), {
        name: projectName(name),
        text,
      })
      return undefined
    }
    const editor = findEditor(io, options.editor)
    if (options['show-secrets'] && target.kind === 'existing') {
      throw new Failure('USAGE', '--show-secrets is not supported for updating drafts')
    }
    const definition = await readTarget(session, name, target, { decrypt: options['show-secrets'] })
    await editLoop(session, { name, target, editor, definition })
    return undefined
  },
})

interface Editing {
  readonly name: EnvironmentName
  readonly target: Target
  readonly editor: Editor
  readonly definition: Definition
}

/** Edits until the definition is accepted, emptied, or the person gives up. */
async function editLoop(session: Session, { name, target, editor, definition }: Editing): Promise<void> {
  const { io } = session
  const details = await detailsOf(session, name, definition.text)
  let text = definition.text
  for (;;) {
    text = withoutDetails(await editText(io, editor, withDetails(text, details)))
    if (text.trim() === '') {
      io.stderr.write('Aborting edit due to empty definition.\n')
      return
    }
    const result = await submit(session, name, target, { text, etag: definition.etag })
    if (!report(session, result, { name: projectName(name), text })) return
    io.stderr.write('Press ENTER to continue editing or ^D to exit\n')
    if ((await readLine(io)) === undefined) {
      io.stderr.write('Aborting edit.\n')
      return
    }
  }
}

/** Prints what became of a definition; true when there are errors. */
function report({ io }: Session, { diagnostics, message }: Submission, source: Source): boolean {
  io.stderr.write(sourceStyle(diagnostics, source, paintFor(io, io.stderr)))
  if (hasErrors(diagnostics)) return true
  io.stdout.write(message ?? 'Environment updated.\n')
  return false
}

/** What stands behind the definition in the editor: findings and the result of the check. */
async function detailsOf(session: Session, name: EnvironmentName, text: string): Promise<string> {
  if (text === '') return ''
  const check = await checkText(session.api, name.organization, { text, showSecrets: false }).catch(
    ignoreFailure,
  )
  return check ? diagnosticDetails(check, text) + resultDetails(check) : ''
}

function ignoreFailure(error: unknown): undefined {
  if (!(error instanceof Failure)) throw error
}

function diagnosticDetails({ diagnostics }: CheckResult, text: string): string {
  if (diagnostics.length === 0) return ''
  const lines = sourceStyle(diagnostics, { name: '<yaml>', text }).trimEnd().split('\n')
  return `---\n# Diagnostics\n\n${lines.map((line) => `# ${line}`.trimEnd()).join('\n')}\n`
}

function resultDetails({ environment }: CheckResult): string {
  if (!environment) return ''
  const json = writeJson(plainValue(environmentValue(environment), { secrets: 'show' }))
  return `---
# Please edit the environment definition above.
# The object below is the current result of
# evaluating the environment and will not be
# saved. An empty definition aborts the edit.

${json}
`
}

function withDetails(text: string, details: string): string {
  if (details === '') return text
  return `${text}${text.endsWith('\n') ? '' : '\n'}${details}`
}

/** Drops everything from the first `---`, if that stands alone on its line. */
function withoutDetails(text: string): string {
  const at = text.indexOf('---')
  const alone = (at === 0 || text[at - 1] === '\n') && (at + 3 === text.length || text[at + 3] === '\n')
  return at >= 0 && alone ? text.slice(0, at) : text
}
