import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Io, Sink } from './io'

// loads a module of node at its first use: most commands need few of them, and each costs time at the start
const builtin = process.getBuiltinModule

/** The outside of this process: its streams, environment and clock. */
export function processIo(): Io {
  return {
    // stdin is opened when it is first needed: opening it costs time, and a child may want it untouched
    get stdin() {
      return process.stdin
    },
    get stdinTerminal() {
      return builtin('node:tty').isatty(0)
    },
    stdout: sinkOf(1, () => process.stdout),
    stderr: sinkOf(2, () => process.stderr),
    env: process.env,
    get cwd() {
      return process.cwd()
    },
    get home() {
      return builtin('node:os').homedir()
    },
    get tmp() {
      return builtin('node:os').tmpdir()
    },
    platform: process.platform,
    get hostname() {
      return builtin('node:os').hostname()
    },
    now: () => new Date(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    readSecret: async (prompt) =>
      (await import('./terminal/read-secret')).readSecret(process.stdin, process.stdout, prompt),
    openBrowser: (url) => openBrowser(url),
  }
}

/** The stream is opened by the first write: opening one that is never used costs time. */
function sinkOf(descriptor: number, open: () => NodeJS.WriteStream): Sink {
  const broken = new Set<() => void>()
  let gone = false
  let stream: NodeJS.WriteStream | undefined
  const watched = () => {
    const opened = open()
    opened.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      gone = true
      for (const callback of broken) callback()
    })
    return opened
  }
  return {
    get terminal() {
      return builtin('node:tty').isatty(descriptor)
    },
    write: (text) => {
      stream ??= watched()
      if (!gone) stream.write(text)
    },
    onBroken: (callback) => {
      broken.add(callback)
    },
  }
}

/** `xdg-open` is there on machines without a browser too, and says so only by how it ends. */
const openerFailsWithinMs = 1000

async function openBrowser(url: string): Promise<boolean> {
  const { spawn } = await import('node:child_process')
  const isWindows = process.platform === 'win32'
  const opener = browserOpeners[process.platform] ?? 'xdg-open'
  if (!isWindows && !isOnPath(opener)) return false
  const args = isWindows ? ['url.dll,FileProtocolHandler', url] : [url]
  return new Promise((resolve) => {
    const child = spawn(opener, args, { stdio: 'ignore', detached: true })
    const launched = setTimeout(() => resolve(true), openerFailsWithinMs)
    const end = (opened: boolean) => {
      clearTimeout(launched)
      resolve(opened)
    }
    child.once('error', () => end(false))
    child.once('exit', (code) => end(isWindows || code === 0))
    child.unref()
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
