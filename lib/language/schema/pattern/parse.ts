import { foldCase, not, perlClass, posixClass, range, unicodeClass } from './character'
import { type Assertion, type CharacterTest, PatternFault, type PatternNode } from './node'

interface Flags {
  readonly ignoreCase: boolean
  readonly multiLine: boolean
  readonly dotAll: boolean
}

const MAX_REPEAT = 1000
const MAX_DEPTH = 200

const ESCAPED = new Map([
  ['a', 0x07],
  ['f', 0x0c],
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
  ['v', 0x0b],
])

const ASSERTIONS: ReadonlyMap<string, Assertion> = new Map([
  ['A', 'text-start'],
  ['z', 'text-end'],
  ['b', 'word-boundary'],
  ['B', 'no-word-boundary'],
])

/** Parses RE2 syntax. Throws {@link PatternFault}. */
export function parsePattern(source: string): PatternNode {
  return new PatternParser(source).parse()
}

class PatternParser {
  private readonly characters: readonly string[]
  private at = 0
  private depth = 0
  private flags: Flags = { ignoreCase: false, multiLine: false, dotAll: false }
  private readonly names = new Set<string>()

  constructor(private readonly source: string) {
    this.characters = [...source]
  }

  parse(): PatternNode {
    const node = this.parseChoice()
    if (this.at < this.characters.length) throw new PatternFault('unexpected )', this.source)
    return node
  }

  private get next(): string | undefined {
    return this.characters[this.at]
  }

  private rest(from = this.at): string {
    return this.characters.slice(from).join('')
  }

  private written(from: number): string {
    return this.characters.slice(from, this.at).join('')
  }

  private take(text: string): boolean {
    if (!this.rest().startsWith(text)) return false
    this.at += [...text].length
    return true
  }

  private parseChoice(): PatternNode {
    this.depth++
    if (this.depth > MAX_DEPTH) throw new PatternFault('expression nests too deeply', this.source)
    const options = [this.parseSequence()]
    while (this.next === '|') {
      this.at++
      options.push(this.parseSequence())
    }
    this.depth--
    const [only] = options
    return only !== undefined && options.length === 1 ? only : { kind: 'choice', options }
  }

  private parseSequence(): PatternNode {
    const parts: PatternNode[] = []
    while (this.next !== undefined && this.next !== '|' && this.next !== ')') {
      const start = this.at
      const atom = this.parseAtom()
      if (atom !== undefined) parts.push(this.parseRepeats(atom, start))
    }
    return { kind: 'sequence', parts }
  }

  private parseRepeats(atom: PatternNode, start: number): PatternNode {
    let node = atom
    let previous: number | undefined
    for (;;) {
      const from = this.at
      const bounds = this.parseBounds()
      if (bounds === undefined) return node
      if (previous !== undefined)
        throw new PatternFault('invalid nested repetition operator', this.written(previous))
      if (this.next === '?') this.at++
      if (node.kind === 'repeat' && node.min * bounds.min > MAX_REPEAT) {
        throw new PatternFault('invalid repeat count', this.written(start))
      }
      node = { kind: 'repeat', body: node, ...bounds }
      previous = from
    }
  }

  private parseBounds(): { readonly min: number; readonly max: number } | undefined {
    const start = this.at
    if (this.take('*')) return { min: 0, max: Number.POSITIVE_INFINITY }
    if (this.take('+')) return { min: 1, max: Number.POSITIVE_INFINITY }
    if (this.take('?')) return { min: 0, max: 1 }
    const match = /^\{(\d+)(,(\d*))?\}/.exec(this.rest())
    if (match === null) return undefined
    const [text, low = '0', comma, high] = match
    this.at += text.length
    const min = Number(low)
    const max = comma === undefined ? min : high === '' ? Number.POSITIVE_INFINITY : Number(high)
    const tooMany = min > MAX_REPEAT || (max > MAX_REPEAT && max !== Number.POSITIVE_INFINITY)
    if (tooMany || max < min) throw new PatternFault('invalid repeat count', this.written(start))
    return { min, max }
  }

  private character(test: CharacterTest): PatternNode {
    return { kind: 'character', accepts: this.flags.ignoreCase ? foldCase(test) : test }
  }

  /** Undefined for `(?flags)`, which matches nothing. */
  private parseAtom(): PatternNode | undefined {
    const start = this.at
    if (this.parseBounds() !== undefined) {
      throw new PatternFault('missing argument to repetition operator', this.written(start))
    }
    const character = this.next ?? ''
    if (character === '(') return this.parseGroup()
    if (character === '[') return this.character(this.parseClass())
    if (character === '\\') return this.parseEscape()
    this.at++
    if (character === '.') return this.character(this.flags.dotAll ? () => true : (code) => code !== 0x0a)
    if (character === '^') return assertion(this.flags.multiLine ? 'line-start' : 'text-start')
    if (character === '$') return assertion(this.flags.multiLine ? 'line-end' : 'text-end')
    const code = character.codePointAt(0) ?? 0
    return this.character(range(code, code))
  }

  private parseGroup(): PatternNode | undefined {
    const outer = this.flags
    const start = this.at
    this.at++
    if (this.next === '?' && !this.parseGroupName(start) && this.parseFlags(start) === 'flags only')
      return undefined
    const node = this.parseChoice()
    if (this.next !== ')') throw new PatternFault('missing closing )', this.source)
    this.at++
    this.flags = outer
    return node
  }

  private parseGroupName(start: number): boolean {
    const match = /^\?P?<([^>]*)(>?)/.exec(this.rest())
    if (match === null || /^\?<[=!]/.test(this.rest())) return false
    const [text, name = '', end] = match
    if (end === '') throw new PatternFault('invalid named capture', this.rest(start))
    this.at += [...text].length
    if (!/^[A-Za-z0-9_]+$/.test(name)) throw new PatternFault('invalid named capture', this.written(start))
    if (this.names.has(name)) throw new PatternFault('duplicate capture group name', name)
    this.names.add(name)
    return true
  }

  /** `(?i)` holds to the end of the enclosing group, `(?i:…)` inside this one. */
  private parseFlags(start: number): 'flags only' | 'group' {
    const match = /^\?([imsU]*)(-[imsU]+)?([:)])/.exec(this.rest())
    if (match === null) {
      const length = (/^\?(?:P?[<=!]*|[^:)]?)/.exec(this.rest())?.[0].length ?? 1) + 1
      throw new PatternFault(
        'invalid or unsupported Perl syntax',
        this.rest(start).slice(0, Math.max(length, 2)),
      )
    }
    const [text, on = '', off = '', end] = match
    this.at += text.length
    const set = (letter: string, before: boolean): boolean =>
      off.includes(letter) ? false : on.includes(letter) || before
    this.flags = {
      ignoreCase: set('i', this.flags.ignoreCase),
      multiLine: set('m', this.flags.multiLine),
      dotAll: set('s', this.flags.dotAll),
    }
    return end === ')' ? 'flags only' : 'group'
  }

  private parseEscape(): PatternNode {
    if (this.take('\\Q')) return this.parseQuotedText()
    const letter = this.characters[this.at + 1] ?? ''
    const found = ASSERTIONS.get(letter)
    if (found !== undefined) {
      this.at += 2
      return assertion(found)
    }
    return this.character(this.parseClassEscape() ?? this.single())
  }

  private single(): CharacterTest {
    const code = this.parseEscapedCode()
    return range(code, code)
  }

  private parseQuotedText(): PatternNode {
    const rest = this.rest()
    const end = rest.indexOf('\\E')
    const text = end === -1 ? rest : rest.slice(0, end)
    this.at += [...text].length + (end === -1 ? 0 : 2)
    const parts = [...text].map((character) => {
      const code = character.codePointAt(0) ?? 0
      return this.character(range(code, code))
    })
    return { kind: 'sequence', parts }
  }

  /** `\d`, `\pL`, `\p{Greek}`; undefined when the escape stands for one character. */
  private parseClassEscape(): CharacterTest | undefined {
    const start = this.at
    const letter = this.characters[this.at + 1] ?? ''
    const perl = perlClass(letter)
    if (perl !== undefined) {
      this.at += 2
      return perl
    }
    if (letter !== 'p' && letter !== 'P') return undefined
    this.at += 2
    const match = /^(?:\{([^}]*)\}|([^{]))/u.exec(this.rest())
    if (match === null) throw new PatternFault('invalid character class range', this.rest(start))
    this.at += [...match[0]].length
    return unicodeClass(match[1] ?? match[2] ?? '', { negated: letter === 'P', written: this.written(start) })
  }

  private parseEscapedCode(): number {
    const rest = this.rest()
    const letter = this.characters[this.at + 1]
    if (letter === undefined) throw new PatternFault('trailing backslash at end of expression', '')
    const numeric = /^\\(?:x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]{1,6})\}|(0[0-7]{0,2}|[1-7][0-7]{1,2}))/.exec(
      rest,
    )
    if (numeric !== null) {
      this.at += numeric[0].length
      const hex = numeric[1] ?? numeric[2]
      const code = hex === undefined ? Number.parseInt(numeric[3] ?? '0', 8) : Number.parseInt(hex, 16)
      if (code <= 0x10ffff) return code
    }
    const known = ESCAPED.get(letter)
    if (known === undefined && (numeric !== null || /[0-9A-Za-z]|[^\0-\x7f]/u.test(letter))) {
      throw new PatternFault('invalid escape sequence', `\\${letter}`)
    }
    this.at += 2
    return known ?? letter.codePointAt(0) ?? 0
  }

  private parseClass(): CharacterTest {
    const start = this.at
    this.at++
    const negated = this.take('^')
    const tests: CharacterTest[] = []
    for (let first = true; first || this.next !== ']'; first = false) {
      if (this.next === undefined) throw new PatternFault('missing closing ]', this.rest(start))
      tests.push(this.parseClassPart(start))
    }
    this.at++
    const any: CharacterTest = (code) => tests.some((test) => test(code))
    if (!negated) return any
    return not(this.flags.ignoreCase ? foldCase(any) : any)
  }

  private parseClassPart(start: number): CharacterTest {
    const posix = /^\[:(\^?)([^:\]]*):\]/.exec(this.rest())
    if (posix !== null) {
      const test = posixClass(posix[2] ?? '', posix[1] === '^')
      if (test === undefined) throw new PatternFault('invalid character class range', posix[0])
      this.at += posix[0].length
      return test
    }
    const named = this.next === '\\' ? this.parseClassEscape() : undefined
    return named ?? this.parseClassRange(start)
  }

  private parseClassRange(start: number): CharacterTest {
    const from = this.at
    const low = this.parseClassCode(start)
    const [dash, after] = [this.next, this.characters[this.at + 1]]
    if (dash !== '-' || after === undefined || after === ']') return range(low, low)
    this.at++
    const high = this.parseClassCode(start)
    if (high < low) throw new PatternFault('invalid character class range', this.written(from))
    return range(low, high)
  }

  private parseClassCode(start: number): number {
    if (this.next === undefined) throw new PatternFault('missing closing ]', this.rest(start))
    if (this.next === '\\') return this.parseEscapedCode()
    const code = this.next.codePointAt(0) ?? 0
    this.at++
    return code
  }
}

function assertion(kind: Assertion): PatternNode {
  return { kind: 'assertion', assertion: kind }
}
