import { openSync } from 'node:fs'
import { connect } from 'node:net'
import { basename, dirname, relative } from 'node:path'

/** `sun_path` holds 108 bytes on Linux and 104 on BSDs, with the final NUL. */
const longest = 103

const folders = new Map<string, number>()

function descriptorOf(folder: string): number {
  const descriptor = folders.get(folder) ?? openSync(folder, 'r')
  folders.set(folder, descriptor)
  return descriptor
}

/** A way to write the path of a Unix socket that fits, however deep the data folder lies. */
export function socketAddress(path: string): string {
  const fits = [path, relative('', path)].find((candidate) => Buffer.byteLength(candidate) <= longest)
  if (fits !== undefined || process.platform !== 'linux') return fits ?? path
  return `/proc/self/fd/${descriptorOf(dirname(path))}/${basename(path)}`
}

/** Whether somebody listens. Anything but a plain refusal counts as alive: a full backlog, a missing permission. */
export function isAlive(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT')
    })
  })
}
