import type { DiagnosticCode, ProviderRefusal } from '../syntax/diagnostic'
import { RefusedCall } from './providers'

/** An effect under way: a load, a decryption, an open, a rotation. */
export interface PendingEffect {
  readonly state: 'pending'
  readonly settled: Promise<void>
}

export interface EffectFailure {
  readonly message: string
  /** Whether it failed by itself, or why we ended it. */
  readonly cause: 'refused' | 'aborted' | 'limit.time' | 'limit.imports' | 'limit.calls'
  readonly refusal?: ProviderRefusal
}

/** The code of the diagnostic about a failed effect. */
export function failureCode(failure: EffectFailure, refused: DiagnosticCode): DiagnosticCode {
  return failure.cause === 'refused' ? refused : failure.cause
}

export type Settled<T> =
  | { readonly state: 'done'; readonly result: T }
  | { readonly state: 'failed'; readonly failure: EffectFailure }

/** What the evaluation knows of an effect that it asked for. */
export type Outcome<T> = PendingEffect | Settled<T>

/** Starts effects and ends them all when the evaluation is cancelled or its time is over. */
export class EffectHost {
  /** Why no more effects are started. */
  private stopped: EffectFailure | undefined
  private readonly controllers = new Set<AbortController>()
  private readonly underWay = new Set<PendingEffect>()
  private onStop = (): void => {}
  private readonly stop: Promise<void>

  constructor(private readonly callMilliseconds: number) {
    this.stop = new Promise((resolve) => {
      this.onStop = resolve
    })
  }

  get failure(): EffectFailure | undefined {
    return this.stopped
  }

  /** Ends everything under way; what is asked later fails at once. */
  abort(failure: EffectFailure): void {
    if (this.stopped !== undefined) return
    this.stopped = failure
    for (const controller of this.controllers) controller.abort()
    this.onStop()
  }

  /** Waits until one of these has settled, or, without any, until all under way have. */
  async wait(wanted: ReadonlySet<PendingEffect>): Promise<void> {
    if (wanted.size > 0) await Promise.race([...[...wanted].map((effect) => effect.settled), this.stop])
    else await Promise.race([Promise.all([...this.underWay].map((effect) => effect.settled)), this.stop])
    if (this.underWay.size > 0) await nextTurn()
  }

  run<T>(
    start: (signal: AbortSignal) => Promise<T> | T,
    settle: (outcome: Settled<T>) => void,
  ): PendingEffect | undefined {
    if (this.stopped !== undefined) {
      settle({ state: 'failed', failure: this.stopped })
      return undefined
    }
    const controller = new AbortController()
    try {
      const answer = start(controller.signal)
      if (answer instanceof Promise) return this.follow(answer, { controller, settle })
      settle({ state: 'done', result: answer })
    } catch (error) {
      settle({ state: 'failed', failure: refusal(error) })
    }
    return undefined
  }

  private follow<T>(
    answer: Promise<T>,
    {
      controller,
      settle,
    }: { readonly controller: AbortController; readonly settle: (outcome: Settled<T>) => void },
  ): PendingEffect {
    this.controllers.add(controller)
    let timer: ReturnType<typeof setTimeout> | undefined
    const timeout = new Promise<Settled<T>>((resolve) => {
      timer = setTimeout(() => {
        controller.abort()
        const message = `no answer within ${this.callMilliseconds} ms`
        resolve({ state: 'failed', failure: { message, cause: 'limit.time' } })
      }, this.callMilliseconds)
    })
    const own = answer.then(
      (result): Settled<T> => ({ state: 'done', result }),
      (error: unknown): Settled<T> => ({ state: 'failed', failure: refusal(error) }),
    )
    const stopped = this.stop.then(
      (): Settled<T> => ({ state: 'failed', failure: this.stopped ?? refusal(undefined) }),
    )
    const settled = Promise.race([own, timeout, stopped]).then((outcome) => {
      clearTimeout(timer)
      this.controllers.delete(controller)
      this.underWay.delete(effect)
      settle(outcome)
    })
    const effect: PendingEffect = { state: 'pending', settled }
    this.underWay.add(effect)
    return effect
  }
}

/** Lets everything that is ready settle: one round for many answers is cheaper than one for each. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

function refusal(error: unknown): EffectFailure {
  const message = error instanceof Error ? error.message : 'failed'
  return { message, cause: 'refused', ...(error instanceof RefusedCall && { refusal: error.refusal }) }
}

/** The effects of one kind, each started once however often it is asked for. */
export class EffectTable<K, T> {
  private readonly outcomes = new Map<K, Outcome<T>>()

  constructor(private readonly host: EffectHost) {}

  get size(): number {
    return this.outcomes.size
  }

  find(key: K): Outcome<T> | undefined {
    return this.outcomes.get(key)
  }

  request(key: K, start: (signal: AbortSignal) => Promise<T> | T): Outcome<T> {
    const known = this.outcomes.get(key)
    if (known !== undefined) return known.state === 'pending' && this.host.failure ? this.fail(key) : known
    const pending = this.host.run(start, (outcome) => this.outcomes.set(key, outcome))
    if (pending !== undefined) this.outcomes.set(key, pending)
    return this.outcomes.get(key) ?? this.fail(key)
  }

  /** Gives up an effect that the host has stopped. */
  private fail(key: K): Settled<T> {
    const failure = this.host.failure ?? refusal(undefined)
    const outcome: Settled<T> = { state: 'failed', failure }
    this.outcomes.set(key, outcome)
    return outcome
  }
}
