/** Liveness and readiness, for load balancers and people. Neither says anything about the installation. */
import type { FastifyInstance } from 'fastify'
import { database } from '@/lib/db'

const answerWithinMs = 2_000

async function databaseAnswers(): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, answerWithinMs, false).unref())
  const answer = (async () => {
    await database().$queryRaw`SELECT 1`
    return true
  })()
  return Promise.race([answer, late]).catch(() => false)
}

/** @param isStopping whether a load balancer should stop sending requests */
export function registerHealth(app: FastifyInstance, isStopping: () => boolean): void {
  app.get('/healthz', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    return { status: 'ok' }
  })
  app.get('/readyz', async (_request, reply) => {
    const ready = !isStopping() && (await databaseAnswers())
    reply.header('cache-control', 'no-store').code(ready ? 200 : 503)
    return { status: ready ? 'ready' : 'not ready' }
  })
}
