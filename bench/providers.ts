/**
 * Opening providers: twenty calls that each take 100 ms beside one, twenty identical ones, and one that never answers
 * among those that do. A service on loopback takes the time; the rest is ours.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { openDefinition } from '@/lib/language'
import { providerRegistry } from '@/lib/providers/registry'
import { startDouble } from '@/tests/peers/double'
import { startProviderBench } from '@/tests/support/providers'
import { report, sample, summarize } from './measure'

const answerMs = 100
const deadlineMs = 1000
const origin = 'https://service.example.com'

export default async function providers(): Promise<void> {
  const bench = await startProviderBench()
  const service = await startDouble(async ({ path }) => {
    await sleep(path === '/hang' ? 60 * deadlineMs : answerMs, undefined, { ref: false })
    return { status: 200, body: { path } }
  })
  bench.redirect({ [origin]: service.url })
  try {
    const floor = await median(() => sleep(answerMs))
    report('a wait of 100 ms', floor)
    report('one open of 100 ms', await median(() => open(paths(1))), { floor })
    report('twenty opens of 100 ms', await median(() => open(paths(20))), { floor })
    report('a chain of three opens of 100 ms', await median(() => openText(chain)), { floor: 3 * floor })
    const hanging = await median(() => open([...paths(19), 'hang']), 2)
    report(`nineteen and one that hangs, deadline ${deadlineMs} ms`, hanging, { floor: deadlineMs })
  } finally {
    await service.stop()
    await bench.close()
  }
}

async function median(work: () => Promise<unknown>, rounds = 10): Promise<number> {
  return summarize(await sample(work, { rounds })).p50
}

function paths(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `value-${at}`)
}

function call(path: string, request = '{}'): string {
  return `{ "fn::open::external": { url: "${origin}/${path}", request: ${request}, secret: false } }`
}

const chain = `values:
  a: ${call('a')}
  b: ${call('b', '{ after: "${a.response.path}" }')}
  c: ${call('c', '{ after: "${b.response.path}" }')}
`

function open(names: readonly string[]): Promise<unknown> {
  return openText(`values:\n${names.map((name) => `  ${name}: ${call(name)}\n`).join('')}`)
}

function openText(definition: string): Promise<unknown> {
  return openDefinition({
    name: 'shop/dev',
    definition,
    organization: 'acme',
    principal: { login: 'jane', token: { type: 'personal', name: 'laptop' } },
    providers: providerRegistry,
    limits: { callMilliseconds: deadlineMs },
  })
}
