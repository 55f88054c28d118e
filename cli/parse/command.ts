import { Failure } from '../failure'
import { type Io, type Outcome, success } from '../io'
import { type ArgumentRule, checkArguments } from './arguments'
import { type OptionSpecs, type OptionValues, type ParsedLine, type ParseRules, parseLine } from './options'

/** What a command's work receives: the parsed line and the door to the outside. */
export interface Call<S extends OptionSpecs = OptionSpecs> extends ParsedLine<S> {
  readonly io: Io
  /** The environment named by the inherited option `--env`; then no positional stands for it. */
  readonly environment: string | undefined
}

export interface Definition<S extends OptionSpecs> extends ParseRules {
  /** The positionals as shown in help, e.g. `[<org-name>/][<project-name>/]<environment-name>`. */
  readonly usage: string
  readonly long: string
  readonly examples?: string
  readonly options: S
  readonly args: ArgumentRule
  run(call: Call<S>): Promise<Outcome | undefined>
}

/** A command with the type of its options hidden, so that all can lie in one tree. */
export interface Command {
  readonly usage: string
  readonly long: string
  readonly examples: string | undefined
  readonly options: OptionSpecs
  /** Parses `words` and does the work; `help` is called instead when the line asks for it. */
  execute(invocation: Invocation): Promise<Outcome>
}

export interface Invocation {
  readonly io: Io
  readonly words: readonly string[]
  /** The command as typed, e.g. `esc env ls`. */
  readonly path: string
  /** Options inherited from the groups above. */
  readonly inherited: OptionSpecs
  help(): Promise<void>
}

/** A node of the command tree. Its code is loaded when it is needed, so that starting stays cheap. */
export interface CommandNode {
  readonly name: string
  readonly short: string
  readonly aliases?: readonly string[]
  readonly hidden?: boolean
  /** Text of a group's help; a command brings its own. */
  readonly long?: string
  readonly children?: readonly CommandNode[]
  /** Options that this node and all below it accept. */
  readonly persistent?: OptionSpecs
  readonly load?: () => Promise<{ readonly command: Command }>
}

/** Joins the parsing of a command with its work. */
export function defineCommand<S extends OptionSpecs>(definition: Definition<S>): Command {
  return {
    usage: definition.usage,
    long: definition.long,
    examples: definition.examples,
    options: definition.options,
    async execute({ io, words, path, inherited, help }) {
      const line = parseLine({ ...inherited, ...definition.options }, words, definition)
      if (line.help) {
        await help()
        return success
      }
      checkArguments(definition.args, line.positionals, path)
      checkRequired(definition.options, line.given)
      const env: unknown = line.given.has('env') ? line.options.env : undefined
      const environment = typeof env === 'string' ? env : undefined
      return (await definition.run({ ...line, io, environment })) ?? success
    },
  }
}

function checkRequired(specs: OptionSpecs, given: ReadonlySet<string>): void {
  const missing = Object.entries(specs).filter(([name, spec]) => spec.required && !given.has(name))
  if (missing.length === 0) return
  const names = missing.map(([name]) => JSON.stringify(name)).sort()
  throw new Failure('USAGE', `required flag(s) ${names.join(', ')} not set`)
}

/** The values of an options table, for code that is shared by several commands. */
export type Options<S extends OptionSpecs> = OptionValues<S>
