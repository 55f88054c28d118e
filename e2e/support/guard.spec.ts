import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { collectBodies } from './bodies'
import { newGuard, watchContext } from './guard'

const pages: Record<string, string> = {
  '/good': '<title>good</title><link rel="icon" href="data:,"><p>good</p>',
  '/console': '<link rel="icon" href="data:,"><script>console.error("printed")</script>',
  '/thrown': '<link rel="icon" href="data:,"><script>throw new Error("thrown")</script>',
  '/policy': `<meta http-equiv="content-security-policy" content="img-src 'self'"><img src="data:image/png;base64,AA==">`,
  '/foreign': '<link rel="icon" href="data:,"><img src="http://127.0.0.2:9/pixel.png">',
}

let server: http.Server
let origin: string

test.beforeAll(async () => {
  server = http.createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(pages[request.url ?? ''] ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has an AddressInfo.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('the guard is silent on a good page', async ({ context, page }) => {
  const guard = newGuard(origin)
  await watchContext(context, guard)
  await page.goto(`${origin}/good`, { waitUntil: 'networkidle' })
  expect(guard.complaints).toEqual([])
})

for (const [path, complaint] of [
  ['/console', 'console: printed'],
  ['/thrown', 'uncaught: thrown'],
  ['/policy', 'Content-Security-Policy: img-src refused data'],
  ['/foreign', 'foreign origin: http://127.0.0.2:9/pixel.png'],
] as const) {
  test(`the guard complains about ${path}, until it is forgiven`, async ({ context, page }) => {
    const guard = newGuard(origin)
    await watchContext(context, guard)
    await page.goto(origin + path, { waitUntil: 'networkidle' })
    expect(guard.complaints.join('\n')).toContain(complaint)
    guard.forgive(/./)
    expect(guard.complaints).toEqual([])
  })
}

test('bodies are collected', async ({ context, page }) => {
  const bodies = collectBodies(context)
  await page.goto(`${origin}/good`, { waitUntil: 'networkidle' })
  const [body] = await bodies.finish()
  expect(body?.url).toBe(`${origin}/good`)
  expect(body?.body.toString()).toContain('<p>good</p>')
})
