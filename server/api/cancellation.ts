import type { FastifyReply } from 'fastify'

/** Aborts when the client goes away before it was answered, so that nobody evaluates for nobody. */
export function cancellation({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort()
  })
  return controller.signal
}
