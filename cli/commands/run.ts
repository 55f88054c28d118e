import { openEnvironment } from '../client/open'
import { type Environment, environmentValue } from '../client/values'
import { connect } from '../credentials/session'
import { Failure } from '../failure'
import type { Io, Outcome } from '../io'
import { paintFor } from '../output/colour'
import { propertyStyle } from '../output/diagnostics'
import { missingValue, stringForm, type Variable, valueAt, variablesOf } from '../output/value'
import { any } from '../parse/arguments'
import { type Call, defineCommand } from '../parse/command'
import { parseDuration } from '../parse/duration'
import { resolveExisting } from '../reference/resolve'
import { runChild } from '../run/child'
import { writeFiles } from '../run/files'
import { parseArgument } from '../run/interpolate'
import { findProgram } from '../run/lookup'
import { secretPatterns } from '../run/secret-patterns'
import { relaySignals } from '../run/signals'
import { checkVariableNames } from '../run/variable-policy'
import { referenceArgument, versionedUsage } from './shared/reference-argument'

export const command = defineCommand({
  usage: `${versionedUsage} [flags] [--] [command]`,
  long: `Open the environment with the given name and run a command

This command opens the environment with the given name and runs the given command. The command sees the
environment variables and files of the environment, and its exit status becomes that of esc.

References in the arguments of the command are replaced by values of the environment:

    esc run myorg/myenv -- sh -c 'echo "$0"' '\${foo.bar}'

The output of the command is filtered: secrets are replaced by [secret]. Use -i for commands that need the terminal;
their output is not filtered.`,
  examples: `  esc run myorg/myenv aws s3 ls
  esc run myorg/myproject/myenv@stable -- make deploy
  esc run myorg/myenv -i -- bash`,
  options: {
    interactive: {
      kind: 'boolean',
      short: 'i',
      help: 'true to treat the command as interactive and disable output filters',
    },
    lifetime: {
      kind: 'duration',
      short: 'l',
      default: parseDuration('2h'),
      help: 'the lifetime of the opened environment',
    },
    draft: { kind: 'string', help: 'open the environment draft with --draft=<change-request-id>' },
  },
  args: any,
  // our options end at the command: what follows it is the child's, with `--` or without
  passThroughFrom: 1,
  async run(call) {
    const { io, options } = call
    const session = await connect(io)
    const { reference, word, args } = commandLine(call)
    const { version, ...name } = await resolveExisting(session, reference)
    if (word === undefined) throw new Failure('USAGE', 'no command specified')
    const program = findProgram(io, word)
    if ('problem' in program) throw new Failure('PROGRAM', `resolving command: ${program.problem}`)
    const opened = await openEnvironment(session.api, name, {
      lifetime: options.lifetime,
      draft: options.draft,
      version,
    })
    io.stderr.write(propertyStyle(opened.diagnostics, paintFor(io, io.stderr)))
    if (!opened.environment) return undefined
    return runIn(io, opened.environment, {
      program: program.path,
      word,
      args,
      interactive: options.interactive,
    })
  },
})

interface CommandLine {
  readonly reference: string
  readonly word: string | undefined
  readonly args: readonly string[]
}

function commandLine(call: Pick<Call, 'environment' | 'positionals' | 'dash'>): CommandLine {
  const before = call.dash ?? call.positionals.length
  if (call.environment === undefined && before === 0) throw new Failure('USAGE', 'no environment specified')
  const { reference, rest } = referenceArgument(call)
  const [word, ...args] = rest
  return { reference, word, args }
}

interface Program {
  readonly program: string
  readonly word: string
  readonly args: readonly string[]
  readonly interactive: boolean
}

/** Runs a program with the variables and files of an environment; the files exist only as long as it runs. */
async function runIn(io: Io, environment: Environment, command: Program): Promise<Outcome> {
  const variables = variablesOf(environment, 'environmentVariables', { secrets: 'show' })
  const files = variablesOf(environment, 'files', { secrets: 'show' })
  const args = command.args.map((argument) => interpolate(environment, argument))
  const secrets = [...variables, ...files, ...args.flatMap((argument) => argument.values)].filter(
    (value) => value.secret,
  )
  for (const warning of checkVariableNames([...variables, ...files].map((variable) => variable.name))) {
    io.stderr.write(`${warning}\n`)
  }
  const signals = relaySignals({ terminal: io.stdinTerminal || io.stdout.terminal || io.stderr.terminal })
  try {
    return await withFiles(io, files, (paths) =>
      runChild(io, {
        program: command.program,
        name: command.word,
        args: args.map((argument) => argument.text),
        env: childEnvironment(io, [...variables, ...paths]),
        masks: command.interactive ? undefined : secretPatterns(secrets.map((secret) => secret.value)),
        signals,
      }),
    )
  } finally {
    signals.release()
  }
}

async function withFiles<T>(
  io: Io,
  files: readonly Variable[],
  work: (paths: readonly Variable[]) => Promise<T>,
): Promise<T> {
  const written = writeFiles(io, files)
  try {
    return await work(written.variables)
  } finally {
    written.remove()
  }
}

function childEnvironment(io: Io, variables: readonly Variable[]): Record<string, string | undefined> {
  return { ...io.env, ...Object.fromEntries(variables.map(({ name, value }) => [name, value])) }
}

interface Interpolated {
  readonly text: string
  /** The values that were put in, to know which are secret. */
  readonly values: readonly { readonly value: string; readonly secret: boolean }[]
}

function interpolate(environment: Environment, argument: string): Interpolated {
  const parts = parseArgument(argument)
  if (!parts) return { text: argument, values: [] }
  const root = environmentValue(environment)
  const values = parts.map((part) => {
    if ('text' in part) return { value: part.text, secret: false }
    const value = valueAt(root, part.path) ?? missingValue
    return { value: stringForm(value, { secrets: 'show' }), secret: value.secret }
  })
  return { text: values.map(({ value }) => value).join(''), values }
}
