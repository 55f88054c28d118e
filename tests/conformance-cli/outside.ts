/** The one address outside that scenarios send to, behind a proxy that the server is told of as operators tell it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startConnectProxy } from '../peers/connect-proxy'

export interface Outside {
  /** For the server process. */
  env: Record<string, string>
  stop(): void
}

export async function startOutside(): Promise<Outside> {
  const receiver = createServer((request, response) => {
    request.resume().on('end', () => response.end())
  })
  const peer = { accept: (connection: unknown) => receiver.emit('connection', connection) }
  const proxy = await startConnectProxy(peer, { names: ['example.invalid'] })
  const folder = mkdtempSync(join(tmpdir(), 'esc-authority-'))
  const authority = join(folder, 'authority.pem')
  writeFileSync(authority, proxy.certificate)
  return {
    env: { OPENESC_HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: authority },
    stop() {
      void proxy.stop()
      rmSync(folder, { recursive: true })
    },
  }
}
