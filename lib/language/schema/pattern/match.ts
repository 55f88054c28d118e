import type { Assertion } from './node'
import type { Program } from './program'

/**
 * Whether a program matches anywhere in a text. All ways are followed at once, so the time grows with the text times the
 * program, whatever the expression.
 */
export function matchesAnywhere(program: Program, text: string): boolean {
  return new Matcher(program, text).run()
}

class Matcher {
  private readonly codes: readonly number[]
  private current = new Set<number>()

  constructor(
    private readonly program: Program,
    text: string,
  ) {
    this.codes = Array.from(text, (character) => character.codePointAt(0) ?? 0)
  }

  run(): boolean {
    for (let at = 0; at <= this.codes.length; at++) {
      if (this.reach(this.program.start, at)) return true
      const code = this.codes[at]
      const active = this.current
      this.current = new Set()
      if (code === undefined) return false
      for (const number of active) {
        const step = this.program.steps[number]
        if (step?.kind === 'character' && step.accepts(code) && this.reach(step.next, at + 1)) return true
      }
    }
    return false
  }

  /** Notes every step that can be reached without reading; returns whether the end is among them. */
  private reach(start: number, at: number): boolean {
    const waiting = [start]
    for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
      if (this.current.has(number)) continue
      this.current.add(number)
      const step = this.program.steps[number]
      if (step === undefined || step.kind === 'match') return true
      if (step.kind === 'fork') waiting.push(step.other, step.next)
      else if (step.kind === 'assertion' && this.holds(step.assertion, at)) waiting.push(step.next)
    }
    return false
  }

  private holds(assertion: Assertion, at: number): boolean {
    switch (assertion) {
      case 'text-start':
        return at === 0
      case 'text-end':
        return at === this.codes.length
      case 'line-start':
        return at === 0 || this.codes[at - 1] === 0x0a
      case 'line-end':
        return at === this.codes.length || this.codes[at] === 0x0a
      case 'word-boundary':
        return isWord(this.codes[at - 1]) !== isWord(this.codes[at])
      case 'no-word-boundary':
        return isWord(this.codes[at - 1]) === isWord(this.codes[at])
    }
  }
}

function isWord(code: number | undefined): boolean {
  return code !== undefined && /^[0-9A-Za-z_]$/.test(String.fromCodePoint(code))
}
