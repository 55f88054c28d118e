import { Failure } from '../failure'
import { type Duration, parseDuration } from './duration'

interface OptionBase {
  readonly help: string
  /** One letter, as in `-f`. */
  readonly short?: string
  readonly required?: boolean
}

export interface StringOption extends OptionBase {
  readonly kind: 'string'
  readonly default?: string
  /** The value when the option stands without `=value`; the next word is then never its value. */
  readonly implicit?: string
}
export interface BooleanOption extends OptionBase {
  readonly kind: 'boolean'
  readonly default?: boolean
}
export interface IntegerOption extends OptionBase {
  readonly kind: 'integer'
  readonly default?: number
}
export interface DurationOption extends OptionBase {
  readonly kind: 'duration'
  readonly default: Duration
}
/** Repeatable; every use adds one value. */
export interface ListOption extends OptionBase {
  readonly kind: 'list'
}

export type OptionSpec = StringOption | BooleanOption | IntegerOption | DurationOption | ListOption
export type OptionSpecs = Readonly<Record<string, OptionSpec>>

type ValueOf<S extends OptionSpec> = S extends BooleanOption
  ? boolean
  : S extends IntegerOption
    ? number
    : S extends DurationOption
      ? Duration
      : S extends ListOption
        ? readonly string[]
        : string

/** The value of every option, given or default, under its long name. */
export type OptionValues<S extends OptionSpecs> = { readonly [K in keyof S]: ValueOf<S[K]> }

export interface ParsedLine<S extends OptionSpecs> {
  readonly options: OptionValues<S>
  /** Names of the options that stood on the line. */
  readonly given: ReadonlySet<string>
  readonly positionals: readonly string[]
  /** How many positionals stood before `--`, or undefined when there was none. */
  readonly dash: number | undefined
  readonly help: boolean
}

export interface ParseRules {
  /**
   * When set, option parsing ends at the positional with this index: it and every later word are positionals.
   * This is how the options of the child of `esc run` stay the child's.
   */
  readonly passThroughFrom?: number
}

type Slot = string | boolean | number | Duration | string[]

/**
 * Reads a command line the way of pflag, the parser of the official CLI: long options `--x=v` or `--x v`, shorthands
 * `-f v`, `-fv`, `-f=v`, options and positionals mixed. The texts of the failures are pflag's.
 */
export function parseLine<S extends OptionSpecs>(
  specs: S,
  words: readonly string[],
  rules: ParseRules = {},
): ParsedLine<S> {
  const line = new Line(specs, rules)
  line.read(words)
  return {
    // proved by Line: it fills one slot for each spec, of the type that the spec's kind names
    options: Object.fromEntries(line.values) as OptionValues<S>,
    given: line.given,
    positionals: line.positionals,
    dash: line.dash,
    help: line.help,
  }
}

class Line {
  readonly values: Map<string, Slot>
  readonly given = new Set<string>()
  readonly positionals: string[] = []
  dash: number | undefined
  help = false
  #words: string[] = []

  constructor(
    readonly specs: OptionSpecs,
    readonly rules: ParseRules,
  ) {
    this.values = new Map(Object.entries(specs).map(([name, spec]) => [name, initial(spec)]))
  }

  read(words: readonly string[]): void {
    this.#words = [...words]
    for (let word = this.#words.shift(); word !== undefined; word = this.#words.shift()) {
      if (word === '--') {
        this.dash = this.positionals.length
        this.#takeRest()
      } else if (word.startsWith('--')) this.#long(word)
      else if (word.startsWith('-') && word.length > 1) this.#short(word)
      else this.#positional(word)
      if (this.help) return
    }
  }

  #positional(word: string): void {
    const start = this.given.has('env') ? 0 : this.rules.passThroughFrom
    const ends = this.rules.passThroughFrom !== undefined && this.positionals.length >= (start ?? 0)
    this.positionals.push(word)
    if (ends) this.#takeRest()
  }

  #takeRest(): void {
    this.positionals.push(...this.#words.splice(0))
  }

  #long(word: string): void {
    const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? []
    if (name === '' || name.startsWith('-')) throw new Failure('USAGE', `bad flag syntax: ${word}`)
    const spec = own(this.specs, name)
    if (!spec) {
      if (name !== 'help') throw new Failure('USAGE', `unknown flag: --${name}`)
      this.help = true
      return
    }
    this.#store(name, spec, value ?? implicitOf(spec) ?? this.#next(`flag needs an argument: ${word}`))
  }

  #short(word: string): void {
    let letters = word.slice(1)
    while (letters !== '') {
      const letter = letters.slice(0, 1)
      const found = Object.entries(this.specs).find(([, spec]) => spec.short === letter)
      if (!found) {
        if (letter !== 'h') throw new Failure('USAGE', `unknown shorthand flag: '${letter}' in -${letters}`)
        this.help = true
        return
      }
      const [name, spec] = found
      if (letters.length > 2 && letters[1] === '=') {
        this.#store(name, spec, letters.slice(2))
        return
      }
      const implicit = implicitOf(spec)
      if (implicit !== undefined) {
        this.#store(name, spec, implicit)
        letters = letters.slice(1)
        continue
      }
      const rest = letters.slice(1)
      const value = rest === '' ? this.#next(`flag needs an argument: '${letter}' in -${letters}`) : rest
      this.#store(name, spec, value)
      return
    }
  }

  #next(missing: string): string {
    const word = this.#words.shift()
    if (word === undefined) throw new Failure('USAGE', missing)
    return word
  }

  #store(name: string, spec: OptionSpec, text: string): void {
    this.given.add(name)
    const previous = this.values.get(name)
    if (spec.kind === 'list' && Array.isArray(previous)) {
      previous.push(text)
      return
    }
    try {
      this.values.set(name, convert(spec, text))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new Failure(
        'USAGE',
        `invalid argument ${JSON.stringify(text)} for "${label(name, spec)}" flag: ${reason}`,
      )
    }
  }
}

function initial(spec: OptionSpec): Slot {
  switch (spec.kind) {
    case 'string':
      return spec.default ?? ''
    case 'boolean':
      return spec.default ?? false
    case 'integer':
      return spec.default ?? 0
    case 'duration':
      return spec.default
    case 'list':
      return []
  }
}

function convert(spec: OptionSpec, text: string): Slot {
  switch (spec.kind) {
    case 'boolean':
      return parseBoolean(text)
    case 'integer':
      return parseInteger(text)
    case 'duration':
      return parseDuration(text)
    default:
      return text
  }
}

function implicitOf(spec: OptionSpec): string | undefined {
  if (spec.kind === 'boolean') return 'true'
  return spec.kind === 'string' ? spec.implicit : undefined
}

function parseBoolean(text: string): boolean {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false
  throw new Failure('USAGE', `strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`)
}

function parseInteger(text: string): number {
  const value = Number(text)
  if (!/^[-+]?\d+$/.test(text)) {
    throw new Failure('USAGE', `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
  }
  if (!Number.isSafeInteger(value)) {
    throw new Failure('USAGE', `strconv.ParseInt: parsing ${JSON.stringify(text)}: value out of range`)
  }
  return value
}

function label(name: string, spec: OptionSpec): string {
  return spec.short ? `-${spec.short}, --${name}` : `--${name}`
}

function own(specs: OptionSpecs, name: string): OptionSpec | undefined {
  return Object.hasOwn(specs, name) ? specs[name] : undefined
}
