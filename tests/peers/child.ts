/** Servers that tests start as child processes, and stop by their process id. */
import type { ChildProcess } from 'node:child_process'

/** What a child has said so far, for the message of a test that fails because of it. */
export interface ChildOutput {
  text: string
}

/** Collects both output streams. */
export function collectOutput(child: ChildProcess): ChildOutput {
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output.text += text
    })
  }
  return output
}

/**
 * Repeats the probe until it gives a value.
 * @throws Error with the child's output when the child ends first or the deadline passes
 */
export async function waitUntilReady<T>(
  child: ChildProcess,
  output: ChildOutput,
  { probe, seconds }: { probe: () => Promise<T | undefined>; seconds: number },
): Promise<T> {
  const deadline = Date.now() + seconds * 1000
  while (Date.now() < deadline) {
    if (hasEnded(child)) throw new Error(`${child.spawnfile} ended before it was ready:\n${output.text}`)
    const value = await probe().catch(() => undefined)
    if (value !== undefined) return value
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${child.spawnfile} was not ready within ${seconds} s:\n${output.text}`)
}

/** Asks the child to end, insists after the grace period, and waits for it. */
export async function stopChild(
  child: ChildProcess,
  { signal = 'SIGTERM', graceSeconds = 5 }: { signal?: NodeJS.Signals; graceSeconds?: number } = {},
): Promise<void> {
  if (hasEnded(child)) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill(signal)
  const insist = setTimeout(() => child.kill('SIGKILL'), graceSeconds * 1000)
  await ended
  clearTimeout(insist)
}

/** Ends the child with this process, should the test never come to stop it. */
export function endWithThisProcess(child: ChildProcess): void {
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.removeListener('exit', kill))
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}
