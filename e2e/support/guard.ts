import type { BrowserContext, Page } from '@playwright/test'

/** What went wrong in a browser without a person seeing it. */
export interface Guard {
  /** Console errors, uncaught exceptions, refused content and requests to other origins, in order. */
  complaints: string[]
  /** Origins that pages may ask. */
  origins: Set<string>
  /** Forgets complaints that a test provoked on purpose. */
  forgive(pattern: RegExp): void
}

/** @param origins that pages may ask from the beginning */
export function newGuard(...origins: string[]): Guard {
  const complaints: string[] = []
  return {
    complaints,
    origins: new Set(origins),
    forgive: (pattern) => {
      const kept = complaints.filter((complaint) => !pattern.test(complaint))
      complaints.splice(0, complaints.length, ...kept)
    },
  }
}

/** Watches every page of the context; from the next page on when it is awaited, from the first request on otherwise. */
export async function watchContext(context: BrowserContext, { complaints, origins }: Guard): Promise<void> {
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
    if (/^https?:|^wss?:/.test(url.protocol) && !origins.has(url.origin)) {
      complaints.push(`foreign origin: ${request.url()}`)
    }
  })
  // Chromium writes most violations to the console, but not those of every directive.
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`Content-Security-Policy: ${violatedDirective} refused ${blockedURI}`)
    })
  })
}
