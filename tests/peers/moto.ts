/**
 * moto_server, where it is installed: wide in what it answers, but it believes any identity token. Use strict-aws
 * wherever the test is about who may do something.
 */
import { execFileSync, spawn } from 'node:child_process'
import { collectOutput, endWithThisProcess, stopChild, waitUntilReady } from './child'

export type MotoProgram = { kind: 'found'; path: string } | { kind: 'absent'; reason: string }

/** Looked for once. Tests skip with the reason when it is absent. */
export const motoProgram: MotoProgram = findMoto()

function findMoto(): MotoProgram {
  const attempts: [program: string, ...args: string[]][] = [
    ['pyenv', 'which', 'moto_server'],
    ['sh', '-c', 'command -v moto_server'],
  ]
  for (const [program, ...args] of attempts) {
    try {
      return { kind: 'found', path: execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe' }).trim() }
    } catch {
      // Not there; the next way to look.
    }
  }
  return { kind: 'absent', reason: 'no moto_server on PATH (pip install moto[server])' }
}

export interface Moto {
  /** Endpoint for every service. */
  url: string
  /** Forgets everything that was created. */
  reset(): Promise<void>
  stop(): Promise<void>
}

export async function startMoto(): Promise<Moto> {
  if (motoProgram.kind === 'absent') throw new Error(motoProgram.reason)
  const child = spawn(motoProgram.path, ['-H', '127.0.0.1', '-p', '0'], { stdio: 'pipe' })
  const output = collectOutput(child)
  endWithThisProcess(child)
  const announced = async () => /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(output.text)?.[1]
  const url = await waitUntilReady(child, output, { probe: announced, seconds: 20 })
  return {
    url,
    reset: async () => {
      const { ok, status } = await fetch(`${url}/moto-api/reset`, { method: 'POST' })
      if (!ok) throw new Error(`moto_server did not reset: ${status}`)
    },
    stop: () => stopChild(child),
  }
}
