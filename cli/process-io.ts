import { accessSync, constants } from 'node:fs'
import { homedir, hostname, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Io, Sink } from './io'

/** The outside of this process: its streams, environment and clock. */
export function processIo(): Io {
  return {
    // stdin is opened when it is first needed: opening it costs time, and a child may want it untouched
    get stdin() {
      return process.stdin
    },
    get stdinTerminal() {
      return process.stdin.isTTY === true
    },
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    env: process.env,
    get cwd() {
      return process.cwd()
    },
    get home() {
      return homedir()
    },
    get tmp() {
      return tmpdir()
    },
    platform: process.platform,
    get hostname() {
      return hostname()
    },
    now: () => new Date(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    readSecret: async (prompt) =>
      (await import('./terminal/read-secret')).readSecret(process.stdin, process.stdout, prompt),
    openBrowser: (url) => openBrowser(url),
  }
}

function sinkOf(stream: NodeJS.WriteStream): Sink {
  const broken = new Set<() => void>()
  let gone = false
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    gone = true
    for (const callback of broken) callback()
  })
  return {
    terminal: stream.isTTY === true,
    write: (text) => {
      if (!gone) stream.write(text)
    },
    onBroken: (callback) => {
      broken.add(callback)
    },
  }
}

async function openBrowser(url: string): Promise<boolean> {
  const { spawn } = await import('node:child_process')
  const opener = browserOpeners[process.platform] ?? 'xdg-open'
  if (process.platform !== 'win32' && !isOnPath(opener)) return false
  const args = process.platform === 'win32' ? ['url.dll,FileProtocolHandler', url] : [url]
  return new Promise((resolve) => {
    const child = spawn(opener, args, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}

const browserOpeners: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'rundll32' }

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK)
      return directory !== ''
    } catch {
      return false
    }
  })
}
