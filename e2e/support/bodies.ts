import type { BrowserContext } from '@playwright/test'

/** An answer that reached the browser. */
export interface Body {
  url: string
  headers: Record<string, string>
  body: Buffer
}

/** Collects every answer from now on; `finish` waits for those under way. */
export function collectBodies(context: BrowserContext): { finish(): Promise<Body[]> } {
  const reading: Promise<Body | undefined>[] = []
  context.on('response', (response) => {
    const read = async (): Promise<Body> => ({
      url: response.url(),
      headers: await response.allHeaders(),
      body: await response.body(),
    })
    // Redirects and aborted prefetches have no body.
    reading.push(read().catch(() => undefined))
  })
  return {
    finish: async () => (await Promise.all(reading)).filter((each) => each !== undefined),
  }
}
