/** `docs/compatibility.md` lists the routes and commands that there are, each once. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { root } from '@/cli/commands/tree'
import type { CommandNode } from '@/cli/parse/command'
import { projectRoot } from '@/lib/project-root'
import { createApi } from '@/server/api'

const page = readFileSync(join(projectRoot(), 'docs', 'compatibility.md'), 'utf8')

/** Rows whose first cell is a route, with the abbreviations of the page spelled out. */
function documentedRoutes(): string[] {
  return [...page.matchAll(/^\| `([A-Z]+) (\S+)` +\|/gm)].map(([, method, path = '']) => {
    const spelled = path
      .replace(/^X(?=\/|$)/, 'E/{organization}/{project}/{name}')
      .replace(/^E(?=\/|$)/, '/api/esc/environments')
    return `${method} ${spelled}`
  })
}

const description = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })

async function servedRoutes(): Promise<string[]> {
  const api = await createApi()
  const { paths } = description.parse(api.swagger())
  await api.close()
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
}

it('lists every route that is served, and no other', async () => {
  expect(documentedRoutes().sort()).toEqual((await servedRoutes()).sort())
})

function commandsBelow(node: CommandNode, path: readonly string[] = []): string[] {
  if (node.hidden) return []
  const here = [...path, node.name]
  const below = (node.children ?? []).flatMap((child) => commandsBelow(child, here))
  return node.load ? [here.join(' '), ...below] : below
}

it('lists every command, and no other', () => {
  const documented = [...page.matchAll(/^\| `(esc [^`]+)` +\|/gm)].map(([, command]) => command)
  expect(documented.sort()).toEqual(commandsBelow(root).sort())
})
