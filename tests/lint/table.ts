/** The rooms of the house and the directions in which they may import (ARCHITECTURE.md, rule 1). */

/** A room is a folder from the root; the longest that contains a file is the file's room. */
interface Room {
  /** Rooms it may import besides itself. */
  imports: string[]
}

/** Files that lie directly in `lib/`: configuration, failures, what is shared by the whole process. */
const common = ['lib']
/** What every use case stands on. */
const ground = [
  ...common,
  'lib/outgoing',
  'lib/language',
  'lib/generated',
  'lib/db',
  'lib/secrets',
  'lib/audit',
  'lib/access',
]
const integrations = ['lib/oidc', 'lib/providers', 'lib/rotators']
const useCases = [
  'lib/environments',
  'lib/organizations',
  'lib/rotation',
  'lib/webhooks',
  'lib/approvals',
  ...integrations,
]
/** What may be shown or served: use cases, never the database under them. */
const doors = [...common, 'lib/language', 'lib/secrets', 'lib/audit', 'lib/access', ...useCases]

const room = (imports: string[]): Room => ({ imports })

export const rooms: Record<string, Room> = {
  'lib/language': room([]),
  lib: room(['lib/language']),
  'lib/outgoing': room(common),
  'lib/generated': room([]),
  'lib/db': room([...common, 'lib/generated']),
  ...Object.fromEntries(['lib/secrets', 'lib/audit', 'lib/access'].map((name) => [name, room(ground)])),
  ...Object.fromEntries(integrations.map((name) => [name, room([...ground, ...integrations])])),
  ...Object.fromEntries(
    useCases
      .filter((name) => !integrations.includes(name))
      .map((name) => [name, room([...ground, ...useCases])]),
  ),
  components: room(doors),
  app: room(['components', ...doors]),
  // The HTTP API has the same doors as the pages; only the process around it opens and migrates the database.
  'server/api': room(['components', ...doors]),
  server: room(['server/api', 'components', 'lib/db', ...doors]),
  // `esc` speaks to a server over HTTP: it shares the language and nothing that stores.
  cli: room([...common, 'lib/language']),
}

/**
 * Outside the house: tests and what helps them (`testing/` beside the code), benchmarks, tools. They may import
 * everything, and no room may import them.
 */
export function isOutside(path: string): boolean {
  return /^(tests|e2e|bench)\/|\/testing(\/|$)|\.test\.tsx?$|^[\w.-]+\.config\.ts$/.test(path)
}

/** The room of a file, or of a folder that is imported by its name; undefined when the table has none for it. */
export function roomOf(path: string): string | undefined {
  // Next wants these at the root.
  if (/^(proxy|instrumentation|instrumentation-client)(\.tsx?)?$/.test(path)) return 'app'
  if (/^lib\/[\w.-]+$/.test(path) && rooms[path] === undefined) return 'lib'
  const containing = Object.keys(rooms).filter((name) => name !== 'lib' && `${path}/`.startsWith(`${name}/`))
  return containing.sort((a, b) => b.length - a.length)[0]
}

/** The language runs in Node, the browser and the CLI: of packages it takes only what is as pure as itself. */
export const languagePackages = ['yaml']

/** Where the process environment may be read: configuration, the CLI, and what is outside the house. */
export function mayReadEnvironment(path: string): boolean {
  return isOutside(path) || path === 'lib/config.ts' || path.startsWith('cli/')
}
