/** Questions that many ask at the same moment, asked as one. */
import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * What is asked within one turn of the event loop goes to `ask` together; nobody waits longer than that. When `ask`
 * fails, it fails for all of them.
 *
 * @param ask answers in the order of its questions
 */
export function together<Q, A>(
  ask: (questions: readonly Q[]) => Promise<readonly A[]>,
): (question: Q) => Promise<A | undefined> {
  let waiting: Q[] = []
  let answers: Promise<readonly A[]> | undefined
  const askAll = async () => {
    await nextTurn()
    const questions = waiting
    waiting = []
    answers = undefined
    return ask(questions)
  }
  return async (question) => {
    const at = waiting.push(question) - 1
    answers ??= askAll()
    return (await answers)[at]
  }
}
