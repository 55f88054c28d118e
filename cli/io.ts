import type { Readable } from 'node:stream'

/** Where text goes: a terminal, a pipe, or a buffer in a test. */
export interface Sink {
  readonly terminal: boolean
  write(text: string | Uint8Array): void
  /** Calls back when nobody reads any more. */
  onBroken(callback: () => void): void
}

/**
 * Everything outside the process that a command may touch. The commands know nothing else, so the same code
 * runs in the terminal and, with other implementations, inside a test.
 */
export interface Io {
  readonly stdin: Readable
  /** Whether a person can answer questions on stdin. */
  readonly stdinTerminal: boolean
  readonly stdout: Sink
  readonly stderr: Sink
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** The user's home directory. */
  readonly home: string
  /** The system's directory for temporary files. */
  readonly tmp: string
  readonly platform: NodeJS.Platform
  readonly hostname: string
  now(): Date
  sleep(ms: number): Promise<void>
  /** One line from the terminal without echo; undefined at end of input or after Ctrl-C. */
  readSecret(prompt: string): Promise<string | undefined>
  /** Shows a page to the person; false when no browser could be started. */
  openBrowser(url: string): Promise<boolean>
}

/** How a finished command ends the process. */
export type Outcome = { readonly exitCode: number } | { readonly signal: NodeJS.Signals }

export const success: Outcome = { exitCode: 0 }

/**
 * Whether questions may be asked: a terminal on both sides and no build machine.
 * The list of variables is that of the well-known build services.
 */
export function isInteractive(io: Io): boolean {
  return io.stdinTerminal && io.stdout.terminal && !ciVariables.some((name) => io.env[name])
}

/** Whether to use colour and rendered text (https://no-color.org). */
export function isDecorated(io: Io): boolean {
  const plain = io.env.NO_COLOR !== undefined || io.env.TERM === 'dumb'
  return !plain && io.stdinTerminal && io.stdout.terminal
}

/** Everything on stdin, as bytes. */
export async function readAll(io: Io): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** The next line of stdin without its end, or undefined at the end of input. */
export async function readLine(io: Io): Promise<string | undefined> {
  const line = await lineOf(io.stdin)
  // a terminal that is still being read would keep the process alive
  io.stdin.pause()
  return line
}

async function lineOf(stdin: Readable): Promise<string | undefined> {
  let line = ''
  for (;;) {
    const byte = await nextByte(stdin)
    if (byte === undefined && line === '') return undefined
    if (byte === undefined || byte === '\n') return Buffer.from(line, 'latin1').toString().replace(/\r$/, '')
    line += byte
  }
}

/** Byte by byte, so that what follows the line stays in the stream for the next reader. */
async function nextByte(stream: Readable): Promise<string | undefined> {
  for (;;) {
    const chunk: Buffer | string | null = stream.read(1)
    if (chunk !== null) return Buffer.from(chunk).toString('latin1')
    if (stream.readableEnded || stream.destroyed) return undefined
    const more = await new Promise<boolean>((resolve) => {
      const settle = (value: boolean) => {
        stream.off('readable', onReadable).off('end', onEnd).off('error', onEnd)
        resolve(value)
      }
      const onReadable = () => settle(true)
      const onEnd = () => settle(false)
      stream.once('readable', onReadable).once('end', onEnd).once('error', onEnd)
    })
    if (!more) return undefined
  }
}

const ciVariables = [
  'CI',
  'CONTINUOUS_INTEGRATION',
  'BUILD_NUMBER',
  'BUILDKITE',
  'CIRCLECI',
  'CODEBUILD_BUILD_ARN',
  'GITHUB_ACTIONS',
  'GITLAB_CI',
  'JENKINS_URL',
  'TEAMCITY_VERSION',
  'TF_BUILD',
  'TRAVIS',
  'PULUMI_CI_SYSTEM',
]
