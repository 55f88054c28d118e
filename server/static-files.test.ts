import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compressFolder } from './compress.mjs'
import { staticDoor } from './static-files'

const script = 'console.log("compressed beforehand")\n'.repeat(200)
let folder: string
let server: Server

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'openesc-static-'))
  mkdirSync(join(folder, 'static/chunks'), { recursive: true })
  writeFileSync(join(folder, 'static/chunks/a.js'), script)
  writeFileSync(join(folder, 'static/small.js'), 'x')
  writeFileSync(join(folder, 'outside.js.br'), 'not to be had')
  await compressFolder(join(folder, 'static'))
  server = createServer(
    staticDoor(join(folder, 'static'), (_, response) => response.writeHead(418).end('next')),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

interface Got {
  status: number | undefined
  headers: NodeJS.Dict<string | string[]>
  body: Buffer
}

/** As it is sent: no client's own handling of paths or encodings in between. */
function get(path: string, headers: Record<string, string>, method = 'GET'): Promise<Got> {
  const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part) => parts.push(part))
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }),
      )
    })
    sent.on('error', reject).end()
  })
}

describe('a file of the console', () => {
  it('comes in the better form that the browser takes', async () => {
    const brotli = await get('/_next/static/chunks/a.js?dpl=1', { 'accept-encoding': 'gzip, deflate, br' })
    expect(brotli.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'application/javascript; charset=UTF-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    })
    expect(brotliDecompressSync(brotli.body).toString()).toBe(script)
    const gzip = await get('/_next/static/chunks/a.js', { 'accept-encoding': 'gzip' })
    expect(gunzipSync(gzip.body).toString()).toBe(script)
  })

  it('is left to the next door when it is asked for in any other way', async () => {
    const path = '/_next/static/chunks/a.js'
    const br = { 'accept-encoding': 'br' }
    const others = [
      get(path, {}),
      get(path, { ...br, range: 'bytes=0-1' }),
      get(path, { ...br, 'if-none-match': '"x"' }),
      get(path, br, 'POST'),
      get('/_next/static/small.js', br),
      get('/_next/static/../outside.js', br),
      get('/_next/static/chunks/a.js.br', br),
    ]
    for (const other of others) expect((await other).status).toBe(418)
  })
})
