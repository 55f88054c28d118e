/** Rotations in a process that is killed on the way. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { collectOutput, endWithThisProcess } from '@/tests/peers/child'

export interface Killed {
  databaseUrl: string
  dataDirectory: string
  masterKey: string
  person: { id: string; login: string; name: string }
  session: string
  environment: { organization: string; project: string; name: string }
  /** A point of `rotate-child.ts`; empty = none. */
  killAt: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Runs the rotation in a process of its own, until it ends or dies.
 *
 * @param started is given the process, to kill it from outside
 * @returns the signal that ended it, or null
 * @throws Error with what it printed when it failed by itself
 */
export function rotateInChild(task: Killed, started?: (child: ChildProcess) => void): Promise<string | null> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/rotation/rotate-child.ts'], {
    cwd: root,
    env: { ...process.env, OPENESC_TEST_ROTATION: JSON.stringify(task) },
  })
  const output = collectOutput(child)
  endWithThisProcess(child)
  started?.(child)
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => {
      if (signal !== null || code === 0) resolve(signal)
      else reject(new Error(`the rotation ended with ${code}:\n${output.text}`))
    })
  })
}
