import { type Assertion, type CharacterTest, PatternFault, type PatternNode } from './node'

/** One step of a matching machine; `next` and `other` are numbers of steps. */
export type Step =
  | { readonly kind: 'match' }
  | { readonly kind: 'character'; readonly accepts: CharacterTest; next: number }
  | { readonly kind: 'assertion'; readonly assertion: Assertion; next: number }
  | { readonly kind: 'fork'; next: number; other: number }

export interface Program {
  readonly steps: readonly Step[]
  readonly start: number
}

/** Larger machines are refused: matching takes steps × text. */
const MAX_STEPS = 20_000

export function compileProgram(node: PatternNode): Program {
  const compiler = new ProgramCompiler()
  const match = compiler.add({ kind: 'match' })
  const start = compiler.compile(node, match)
  return { steps: compiler.steps, start }
}

class ProgramCompiler {
  readonly steps: Step[] = []

  add(step: Step): number {
    if (this.steps.length >= MAX_STEPS) throw new PatternFault('expression too large')
    this.steps.push(step)
    return this.steps.length - 1
  }

  /** Adds the steps of a node that go on at `next`; returns where they begin. */
  compile(node: PatternNode, next: number): number {
    switch (node.kind) {
      case 'empty':
        return next
      case 'character':
        return this.add({ kind: 'character', accepts: node.accepts, next })
      case 'assertion':
        return this.add({ kind: 'assertion', assertion: node.assertion, next })
      case 'sequence':
        return node.parts.reduceRight((after, part) => this.compile(part, after), next)
      case 'choice':
        return node.options
          .map((option) => this.compile(option, next))
          .reduceRight((other, start) => this.add({ kind: 'fork', next: start, other }))
      case 'repeat':
        return this.compileRepeat(node, next)
    }
  }

  private compileRepeat(node: PatternNode & { readonly kind: 'repeat' }, next: number): number {
    let start = next
    if (node.max === Number.POSITIVE_INFINITY) {
      const fork: Step = { kind: 'fork', next, other: next }
      const loop = this.add(fork)
      fork.next = this.compile(node.body, loop)
      start = loop
    } else {
      for (let i = node.min; i < node.max; i++) {
        start = this.add({ kind: 'fork', next: this.compile(node.body, start), other: next })
      }
    }
    for (let i = 0; i < node.min; i++) start = this.compile(node.body, start)
    return start
  }
}
