import { type Referrer, type ReferrerQuery, readReferrers } from '../client/referrers'
import type { Session } from '../credentials/session'
import { Failure } from '../failure'
import { writeJson } from '../output/json'
import { compareBytes } from '../output/order'
import { formatTable } from '../output/table'
import { exactly } from '../parse/arguments'
import { defineCommand } from '../parse/command'
import type { EnvironmentName } from '../reference/reference'
import { environmentItself } from './shared/environment'
import { outputOption, parseOutput } from './shared/output-option'
import { referenceUsage } from './shared/reference-argument'

const largestCount = 500

export const command = defineCommand({
  usage: referenceUsage,
  long: 'List who refers to an environment: environments, stacks and accounts',
  options: {
    count: {
      kind: 'integer',
      help: "the number of referrers to fetch, from 1 to 500; 0 for the server's default",
    },
    all: { kind: 'boolean', help: 'fetch all referrers' },
    'all-revisions': { kind: 'boolean', help: 'include referrers of all revisions' },
    'latest-stack-version-only': { kind: 'boolean', help: 'only the latest version of each stack' },
    ...outputOption,
  },
  args: exactly(1),
  async run(call) {
    const { io, options, given } = call
    const output = parseOutput(options.output)
    if (options.all && given.has('count'))
      throw new Failure('USAGE', '--all and --count are mutually exclusive')
    if (given.has('count') && options.count !== 0 && (options.count < 1 || options.count > largestCount)) {
      throw new Failure('USAGE', `--count must be in the range [1, ${largestCount}]`)
    }
    const { session, name } = await environmentItself(call, 'list')
    const query = {
      count: options.all ? largestCount : options.count,
      allRevisions: options['all-revisions'],
      latestStackVersionOnly: options['latest-stack-version-only'],
      continuationToken: '',
    }
    const referrers = await collect(session, name, { query, all: options.all })
    if (output === 'json') {
      const json = new Map(
        [...referrers].map(([revision, list]) => [revision, list.map((referrer) => referrer.json)]),
      )
      io.stdout.write(`${writeJson(new Map([['referrers', json]]))}\n`)
    } else io.stdout.write(table(referrers))
    return undefined
  },
})

type Referrers = ReadonlyMap<string, readonly Referrer[]>

async function collect(
  session: Session,
  name: EnvironmentName,
  { query, all }: { readonly query: ReferrerQuery; readonly all: boolean },
): Promise<Referrers> {
  const collected = new Map<string, readonly Referrer[]>()
  let continuationToken = ''
  do {
    const page = await readReferrers(session.api, name, { ...query, continuationToken })
    for (const [revision, list] of page.referrers) {
      collected.set(revision, [...(collected.get(revision) ?? []), ...list])
    }
    continuationToken = page.continuationToken
  } while (all && continuationToken !== '')
  return collected
}

interface Row {
  readonly revision: string
  readonly kind: string
  readonly name: string
}

function table(referrers: Referrers): string {
  const rows = [...referrers.keys()]
    .sort(byRevision)
    .flatMap((revision) =>
      [...(referrers.get(revision) ?? [])]
        .sort((a, b) => compareBytes(a.kind, b.kind) || compareBytes(a.name, b.name))
        .map(({ kind, name }): Row => ({ revision, kind, name })),
    )
  return formatTable<Row>(
    [
      { title: 'Revision', cell: (row) => row.revision },
      { title: 'Kind', cell: (row) => row.kind },
      { title: 'Referrer', cell: (row) => row.name },
    ],
    rows,
  )
}

/** `latest`, then numbers ascending, then other tags. */
function byRevision(a: string, b: string): number {
  return rank(a) - rank(b) || (rank(a) === 1 ? Number(a) - Number(b) : compareBytes(a, b))
}

function rank(revision: string): number {
  if (revision === 'latest') return 0
  return /^\d+$/.test(revision) ? 1 : 2
}
