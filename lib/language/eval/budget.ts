import type { Limits } from '../limits'
import type { DiagnosticCode } from '../syntax/diagnostic'

/** A limit was crossed: evaluation ends, with one diagnostic. Caught at the entry point. */
export class LimitError extends Error {
  constructor(
    readonly code: DiagnosticCode,
    message: string,
  ) {
    super(message)
  }
}

/** How many steps pass between looks at the clock. */
const CLOCK_STRIDE = 1024

/** Counts the work of one round of evaluation against the limits. */
export class Budget {
  private values = 0
  private outputBytes = 0
  private depth = 0

  constructor(
    private readonly limits: Limits,
    private readonly deadline: number,
  ) {}

  spendValue(): void {
    this.values++
    if (this.values > this.limits.values) {
      throw new LimitError('limit.values', `an evaluation may make at most ${this.limits.values} values`)
    }
    if (this.values % CLOCK_STRIDE === 0) this.checkClock()
  }

  /** @param length UTF-16 units, which are at most as many as bytes */
  spendOutput(length: number): void {
    this.outputBytes += length
    if (this.outputBytes > this.limits.outputBytes) {
      const most = `at most ${this.limits.outputBytes} bytes of text`
      throw new LimitError('limit.output', `an evaluation may make ${most}`)
    }
  }

  /** One evaluation inside another. @returns how deep */
  enter(): number {
    this.depth++
    return this.depth
  }

  leave(): void {
    this.depth--
  }

  private checkClock(): void {
    if (Date.now() > this.deadline) {
      throw new LimitError('limit.time', `an evaluation may take at most ${this.limits.milliseconds} ms`)
    }
  }
}
