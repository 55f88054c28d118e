/** W01: what a page shows is decided in the page itself, whatever stood before it. Found in the file tree, none by name. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { projectRoot } from '@/lib/project-root'
import { type TemporaryDatabase, temporaryDatabase } from '../support/database'

const received = new Headers()
// Next's own store is there inside its server only; the checks that read it are the product's.
vi.mock('next/headers', () => ({
  headers: async () => received,
  cookies: async () => ({ getAll: () => [] }),
}))

/** For everybody: whoever comes here has no session yet, or brings a secret instead. */
const open = ['(auth)/signin', '(auth)/setup', '(auth)/invite/[token]', '(auth)/welcome/cli']
/** Pages that only lead on to another. */
const leading = ['(console)/[org]', '(console)/[org]/access']

const app = join(projectRoot(), 'app')
const pages = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('/page.tsx'))
  .map((path) => path.slice(0, -'/page.tsx'.length))
  .filter((path) => !open.includes(path) && !leading.includes(path))
  .sort()

const params = { org: 'acme', project: 'shop', env: 'prod', hook: 'x', team: 'ops', id: 'x' }

async function outcomeOf(component: unknown): Promise<string> {
  if (typeof component !== 'function') throw new Error('no component')
  try {
    await component({ params: Promise.resolve(params), searchParams: Promise.resolve({}), children: null })
    return 'shown'
  } catch (error) {
    return error instanceof Error && 'digest' in error ? String(error.digest) : String(error)
  }
}

describe('W01: without a session', () => {
  let temporary: TemporaryDatabase
  beforeAll(async () => {
    temporary = await temporaryDatabase()
  })
  afterAll(() => temporary?.close())

  it.each(pages)('%s leads to signing in', async (path) => {
    const { default: page } = await import(/* @vite-ignore */ join(app, path, 'page.tsx'))
    expect(await outcomeOf(page)).toMatch(/^NEXT_REDIRECT;\w+;\/signin/)
  })

  it('the frame around the pages leads to signing in', async () => {
    const { ConsoleFrame } = await import('@/app/(console)/console-frame')
    expect(await outcomeOf(ConsoleFrame)).toMatch(/^NEXT_REDIRECT;\w+;\/signin/)
  })

  it('accepting an invitation leads to signing in', async () => {
    const { accept } = await import('@/app/(auth)/invite/[token]/actions')
    expect(await outcomeOf(() => accept({ secret: 'x' }))).toMatch(/^NEXT_REDIRECT;\w+;\/signin/)
  })

  it('the exceptions are there', () => {
    for (const path of [...open, ...leading])
      expect(readFileSync(join(app, path, 'page.tsx'), 'utf8')).not.toBe('')
  })
})
