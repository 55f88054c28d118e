import type { BrowserContext, Page } from '@playwright/test'

/** What went wrong in a browser context without a person seeing it. */
export interface Guard {
  /** Console errors, uncaught exceptions, refused content and requests to other origins, in order. */
  complaints: string[]
  /** Forgets complaints that a test provoked on purpose. */
  forgive(pattern: RegExp): void
}

/** Watches every page of the context. */
export async function guard(context: BrowserContext, origin: string): Promise<Guard> {
  const complaints: string[] = []
  // Chromium writes most violations to the console, but not those of every directive.
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`Content-Security-Policy: ${violatedDirective} refused ${blockedURI}`)
    })
  })
  const watch = (page: Page) => {
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error')
        complaints.push(`console: ${message.text()} (${message.location().url})`)
    })
  }
  context.pages().forEach(watch)
  context.on('page', watch)
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (/^https?:|^wss?:/.test(url.protocol) && url.origin !== origin) {
      complaints.push(`foreign origin: ${request.url()}`)
    }
  })
  return {
    complaints,
    forgive: (pattern) => {
      const kept = complaints.filter((complaint) => !pattern.test(complaint))
      complaints.splice(0, complaints.length, ...kept)
    },
  }
}
