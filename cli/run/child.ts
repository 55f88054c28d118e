import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { Failure, systemMessage } from '../failure'
import type { Io, Outcome } from '../io'
import { Redactor } from './redactor'
import type { SignalRelay } from './signals'

export interface ChildOptions {
  readonly program: string
  /** The command word, which the child sees as its own name. */
  readonly name: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** Byte strings to mask in the output; undefined leaves the output to the child. */
  readonly masks: readonly Uint8Array[] | undefined
  readonly signals: SignalRelay
}

/** Runs a program and waits for its end. Its exit code or signal is the outcome; failing to start is a failure. */
export async function runChild(io: Io, options: ChildOptions): Promise<Outcome> {
  const output = options.masks ? 'pipe' : 'inherit'
  const settings: SpawnOptions = {
    argv0: options.name,
    cwd: io.cwd,
    // the types of another package demand NODE_ENV; the environment of a child is any set of names
    env: options.env as NodeJS.ProcessEnv,
    stdio: ['inherit', output, output],
  }
  const child = start(options, settings)
  options.signals.attach(child)
  const ended = outcomeOf(child)
  if (options.masks) filterOutput(io, child, options.masks)
  return ended
}

/** Some refusals of the system are thrown at once, others come as an event. */
function start({ program, args }: ChildOptions, settings: SpawnOptions): ChildProcess {
  try {
    return spawn(program, [...args], settings)
  } catch (error) {
    throw startFailure(error)
  }
}

/** Says why, and never with which arguments: they can hold secrets. */
function startFailure(error: unknown): Failure {
  return new Failure('PROGRAM', `starting command: ${systemMessage(error)}`)
}

/** Settles when the child has ended and its output is read. */
function outcomeOf(child: ChildProcess): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(startFailure(error)))
    child.once('close', (code, signal) => resolve(signal ? { signal } : { exitCode: code ?? 1 }))
  })
}

function filterOutput(io: Io, child: ChildProcess, masks: readonly Uint8Array[]): void {
  const redactor = new Redactor(masks)
  for (const [stream, sink] of [
    [child.stdout, io.stdout],
    [child.stderr, io.stderr],
  ] as const) {
    if (!stream) continue
    const channel = redactor.channel((bytes) => sink.write(bytes))
    stream.on('data', (bytes: Buffer) => channel.write(bytes))
    stream.on('end', () => channel.end())
    // a reader that has gone away ends the child as it would without us between
    sink.onBroken(() => stream.destroy())
  }
}
