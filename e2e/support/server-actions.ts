/** Server actions of the build, called as a page would call them: with the person's cookies, and without its buttons. */
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { z } from 'zod'

const manifestSchema = z.object({
  node: z.record(z.string(), z.object({ exportedName: z.string(), filename: z.string() })),
})

let known: ReadonlyMap<string, string> | undefined

/** Names by ids, such as `app/(auth)/setup/actions.ts#createFirst`. */
export function serverActions(): ReadonlyMap<string, string> {
  known ??= new Map(
    Object.entries(
      manifestSchema.parse(JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')))
        .node,
    ).map(([id, { filename, exportedName }]) => [id, `${filename}#${exportedName}`]),
  )
  return known
}

/** `ok`, or the code with which it was refused. */
export async function callAction(page: Page, name: string, input: unknown): Promise<string> {
  const [id] = [...serverActions()].find(([, one]) => one === name) ?? []
  if (id === undefined) throw new Error(`the build has no server action ${name}`)
  const text = await page.evaluate(
    async ([action, body]) => {
      const headers = { 'next-action': action, 'content-type': 'text/plain;charset=UTF-8' }
      return (await fetch(location.href, { method: 'POST', headers, body })).text()
    },
    [id, JSON.stringify([input])] as const,
  )
  const [, ok, code] = /^\d+:\{"ok":(true|false)(?:,"code":"(\w+)")?/m.exec(text) ?? []
  if (ok === undefined) throw new Error(`${name} answered no outcome: ${text.slice(0, 300)}`)
  return ok === 'true' ? 'ok' : (code ?? '')
}

/** The same for a route handler of the console. */
export function postJson(page: Page, path: string, body: unknown): Promise<{ status: number; text: string }> {
  return page.evaluate(
    async ([url, content]) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(url, { method: 'POST', headers, body: content })
      return { status: response.status, text: await response.text() }
    },
    [path, JSON.stringify(body)] as const,
  )
}
