/** The server of the scenarios, as a process of its own. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { SeedRequest, ServerMessage } from './messages'
import { startOutside } from './outside'

export interface ScenarioServer {
  readonly port: number
  readonly token: string
  /** Replaces every environment by these; returns the names that the server made up, by those assumed. */
  seed(request: Omit<SeedRequest, 'kind'>): Promise<Readonly<Record<string, string>>>
  stop(): void
}

export async function startServer(): Promise<ScenarioServer> {
  const outside = await startOutside()
  const child = fork(join(import.meta.dirname, 'server.ts'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...outside.env },
  })
  const next = () =>
    new Promise<ServerMessage>((resolve, reject) => {
      const onExit = (code: number | null) => reject(new Error(`the server ended with ${code}`))
      child.once('exit', onExit)
      child.once('message', (message: ServerMessage) => {
        child.off('exit', onExit)
        resolve(message)
      })
    })
  const first = await next()
  if (first.kind !== 'listening') throw new Error('the server did not say where it listens')
  return {
    port: first.port,
    token: first.token,
    async seed(request) {
      const answer = next()
      child.send({ kind: 'seed', ...request } satisfies SeedRequest)
      const message = await answer
      if (message.kind === 'seeded') return message.names
      throw new Error(message.kind === 'failed' ? message.reason : 'unexpected message')
    },
    stop() {
      child.disconnect()
      outside.stop()
    },
  }
}
