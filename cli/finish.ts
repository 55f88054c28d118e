import type { Outcome } from './io'

/** Signals whose default effect is a core dump, which would hold this process's token. */
const dumping = new Set<NodeJS.Signals>([
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGILL',
  'SIGQUIT',
  'SIGSEGV',
  'SIGSYS',
  'SIGTRAP',
])

/**
 * Ends this process as the command ended: with its exit code, or by the signal that killed a child. Output still in
 * the pipes is written first, since nothing is cut short by `process.exit`.
 */
export function finish(outcome: Outcome): void {
  if ('exitCode' in outcome) {
    process.exitCode = outcome.exitCode
    return
  }
  const { signals } = process.getBuiltinModule('node:os').constants
  process.exitCode = 128 + signals[outcome.signal]
  if (!dumping.has(outcome.signal)) process.kill(process.pid, outcome.signal)
}
