import type { ChildProcess } from 'node:child_process'

/**
 * The signals that are handed on. SIGINT, SIGQUIT and SIGHUP come from the terminal to the child as well, since both are
 * in the same process group; with a terminal they are therefore not sent a second time.
 */
const fromTerminal: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGHUP']
const fromOutside: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGUSR1', 'SIGUSR2', 'SIGCONT']

export interface SignalRelay {
  /** From now on signals go to this process; those that came before are sent at once. */
  attach(child: ChildProcess): void
  /** Gives the signals back their usual effect. */
  release(): void
}

/** Catches signals so that this process outlives its child and can clean up after it. */
export function relaySignals(options: { readonly terminal: boolean }): SignalRelay {
  let child: ChildProcess | undefined
  const early: NodeJS.Signals[] = []
  const onSignal = (signal: NodeJS.Signals) => {
    if (!child) early.push(signal)
    else if (!(options.terminal && fromTerminal.includes(signal))) child.kill(signal)
  }
  const caught = process.platform === 'win32' ? fromTerminal.slice(0, 1) : [...fromTerminal, ...fromOutside]
  for (const signal of caught) process.on(signal, onSignal)
  return {
    attach(started) {
      child = started
      for (const signal of early.splice(0)) started.kill(signal)
    },
    release() {
      for (const signal of caught) process.off(signal, onSignal)
    },
  }
}
