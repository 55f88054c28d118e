/** Asks the worker of the language. It is started by the first question and holds one text, one evaluation at a time. */
import type { PackedEvaluation } from '@/components/preview/wire'
import type {
  Answered,
  LanguageAnswer,
  LanguageFacts,
  LanguageRequest,
  Method,
  Rest,
} from './language-messages'

export interface LanguageClient {
  /** @returns undefined when the worker could not be started or was stopped meanwhile */
  ask<M extends Method>(method: M, text: string, ...rest: Rest<M>): Promise<Answered<M> | undefined>
  setFacts(facts: LanguageFacts): void
  setEvaluation(packed: PackedEvaluation | undefined): void
  /** Ends the worker; another question starts a new one. */
  stop(): void
}

type State = Pick<LanguageRequest, 'text' | 'facts' | 'evaluation'>

export function createLanguageClient(): LanguageClient {
  const known: State = {}
  let told: State = {}
  let worker: Worker | undefined
  let last = 0
  const waiting = new Map<number, (result: unknown) => void>()

  const stop = () => {
    worker?.terminate()
    worker = undefined
    told = {}
    for (const answer of waiting.values()) answer(undefined)
    waiting.clear()
  }
  const start = () => {
    const started = new Worker(new URL('./language.worker.ts', import.meta.url), { type: 'module' })
    started.addEventListener('message', ({ data }: MessageEvent<LanguageAnswer>) => {
      waiting.get(data.id)?.(data.result)
      waiting.delete(data.id)
    })
    started.addEventListener('error', stop)
    return started
  }
  const send = (question: Pick<LanguageRequest, 'method' | 'rest'>, answer: (result: unknown) => void) => {
    worker ??= start()
    waiting.set(++last, answer)
    const news = Object.fromEntries(
      Object.entries(known).filter(([name, value]) => Reflect.get(told, name) !== value),
    )
    told = { ...known }
    worker.postMessage({ id: last, ...question, ...news } satisfies LanguageRequest)
  }

  return {
    ask: (method, text, ...rest) => {
      known.text = text
      // The worker runs the method of that name, so the answer is of its type.
      return new Promise((resolve) =>
        send({ method, rest }, (result) => resolve(result as Answered<typeof method>)),
      )
    },
    setFacts: (facts) => {
      known.facts = facts
    },
    setEvaluation: (packed) => {
      if (known.evaluation?.packed !== packed) known.evaluation = { packed }
    },
    stop,
  }
}
