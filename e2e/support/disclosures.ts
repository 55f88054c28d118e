/** Which answers to the browsers of a whole run held a secret that a story planted. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Response } from '@playwright/test'
import { z } from 'zod'
import { encodingsOf } from '../../tests/canary/encodings'
import { serverActions } from './server-actions'

/** Every secret that a story plants contains this word, and nothing else in the product does. */
export const canary = 'canary'

/** The name of the organization, which whoever is signed in may see: a search that does not find it finds nothing. */
const openToAll = 'acme'

const folder = 'test-results/bodies'

const entrySchema = z.object({
  /** Who was asked: a path, or a server action by the file and name that it has in our sources. */
  door: z.string(),
  encodings: z.array(z.string()),
  readable: z.boolean(),
  /** Of a page of ours: its Content-Security-Policy. */
  policy: z.string().optional(),
})

export type Entry = z.infer<typeof entrySchema>

export interface Recorder {
  record(context: BrowserContext): void
  /** Waits for what is under way and writes it down. */
  flush(): Promise<void>
}

/** Files that are the same for everybody; W06 looks into them. */
export function isStatic(url: string): boolean {
  return /\/_next\/static\/|\/icon\.svg|\/favicon/.test(url)
}

/** @param origin of the product: what it answers are its pages */
export function newRecorder(workerIndex: number, origin: string): Recorder {
  const reading = new Set<Promise<Entry | undefined>>()
  const onResponse = (response: Response) => {
    if (!isStatic(response.url())) reading.add(readEntry(response, origin).catch(() => undefined))
  }
  return {
    record: (context) => {
      context.on('response', onResponse)
    },
    flush: async () => {
      const entries = (await Promise.all(reading)).filter((each) => each !== undefined)
      reading.clear()
      mkdirSync(folder, { recursive: true })
      const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`)
      appendFileSync(join(folder, `${workerIndex}.jsonl`), lines.join(''))
    },
  }
}

/** @throws Error for redirects and aborted prefetches, which have no body */
async function readEntry(response: Response, origin: string): Promise<Entry> {
  const body = (await response.body()).toString('latin1')
  const headers = await response.allHeaders()
  const isPage = response.url().startsWith(`${origin}/`) && /^text\/html/.test(headers['content-type'] ?? '')
  return {
    door: doorOf(response),
    encodings: secretForms.filter(({ pattern }) => pattern.test(body)).map(({ name }) => name),
    readable: body.includes(openToAll),
    ...(isPage && { policy: headers['content-security-policy'] ?? 'none' }),
  }
}

const secretForms = encodingsOf(canary)

function doorOf(response: Response): string {
  const request = response.request()
  const action = request.headers()['next-action']
  const path = `${request.method()} ${new URL(response.url()).pathname}`
  return action === undefined ? path : (serverActions().get(action) ?? path)
}

/** Forgets what earlier runs wrote down. */
export function forgetEntries(): void {
  rmSync(folder, { recursive: true, force: true })
}

/** What all workers of this run wrote down. */
export function readEntries(): Entry[] {
  mkdirSync(folder, { recursive: true })
  return readdirSync(folder)
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => entrySchema.parse(JSON.parse(line)))
}
