/**
 * The language in process. Figures are ratios measured side by side in one run; nothing asserts them.
 * 1. the reference's own benchmark with artificial delays, 2. many interpolations and their growth, 3. a keystroke in a
 * large definition, 4. decoding YAML beside two parsers.
 */
import { createRequire } from 'node:module'
import { parseDocument } from 'yaml'
import {
  checkDefinition,
  type Definition,
  type Loader,
  openDefinition,
  parseDefinition,
} from '@/lib/language'
import { decodeYaml } from '@/lib/language/syntax/decode'
import { report, reportSummary, sample, summarize } from './measure'

const IMPORTS = [...'abcdefghijklmnopqrstuvwxyz']
const KEYS = 40

export default async function language(): Promise<void> {
  await delays()
  await interpolations()
  await keystroke()
  await decoding()
  report('peak memory (resident)', process.resourceUsage().maxRSS / 1024, { unit: 'MB' })
}

function sleep(milliseconds: number): Promise<void> {
  return milliseconds === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** 26 imports with a secret each and ten opens, as in the reference's benchmark. */
async function delays(): Promise<void> {
  const opens = Array.from({ length: 10 }, () => '    - fn::open::bench: {}\n').join('')
  const root = `imports: [${IMPORTS}]\nvalues:\n  delays:\n${opens}`
  const child = (name: string) => `values:
  env_${name}:
    token: {fn::secret: hunter2}
  environmentVariables:
    env_${name}: \${env_${name}.token}
  pulumiConfig:
    env_${name}::token: \${env_${name}.token}
`
  for (const [load, open] of [
    [0, 0],
    [10, 0],
    [0, 10],
    [10, 10],
  ] as const) {
    const loader: Loader = {
      load: async (name) => {
        await sleep(load)
        return { name, definition: child(name) }
      },
    }
    const provider = {
      name: 'bench',
      schema: () => ({ inputs: true, outputs: true }),
      open: async () => {
        await sleep(open)
        return { output: 'opened' }
      },
    }
    const providers = { provider: () => provider, rotator: () => undefined }
    const samples = await sample(
      () => openDefinition({ name: 'bench', definition: root, loader, providers }),
      {
        rounds: 20,
        warmUp: 3,
      },
    )
    const { p50 } = summarize(samples)
    report(`open: loads ${load} ms, opens ${open} ms, p50`, p50, { floor: load + open || 1 })
  }
}

function family(keys: number): { readonly root: string; readonly children: ReadonlyMap<string, string> } {
  const numbers = Array.from({ length: keys }, (_, index) => index)
  const children = new Map(
    IMPORTS.map((name) => [
      name,
      `values:\n  ${name}:\n${numbers.map((k) => `    k${k}: value ${k}\n`).join('')}`,
    ]),
  )
  const lines = IMPORTS.flatMap((name) =>
    numbers.map((k) => `  ${name}_${k}: "\${${name}.k${k}} of ${name}"\n`),
  )
  return { root: `imports: [${IMPORTS}]\nvalues:\n${lines.join('')}`, children }
}

function parsed(text: string, environment: string): Definition {
  const { definition } = parseDefinition(text, { environment })
  if (definition === undefined) throw new Error('the benchmark does not parse')
  return definition
}

function cachedLoader(children: ReadonlyMap<string, string>): Loader {
  const definitions = new Map([...children].map(([name, text]) => [name, parsed(text, name)]))
  return {
    load: (name) => {
      const definition = definitions.get(name)
      return definition === undefined ? { refusal: { code: 'none', message: 'none' } } : { name, definition }
    },
  }
}

/** 26 environments × 40 keys, 1,040 interpolations, then two, four and eight times as many. */
async function interpolations(): Promise<void> {
  let before: number | undefined
  for (const factor of [1, 2, 4, 8]) {
    const { root, children } = family(KEYS * factor)
    const options = { name: 'root', definition: parsed(root, 'root'), loader: cachedLoader(children) }
    const samples = await sample(() => openDefinition(options), { rounds: 30, warmUp: 10 })
    const { p50 } = summarize(samples)
    report(`evaluate ${1040 * factor} interpolations, p50`, p50)
    if (before !== undefined) report('  growth per doubling', p50 / before, { unit: '×' })
    before = p50
  }
}

/** A changed letter in a definition of a thousand lines whose imports are cached: parse and check. */
async function keystroke(): Promise<void> {
  const { root, children } = family(38)
  const loader = cachedLoader(children)
  let typed = 0
  const samples = await sample(
    async () => {
      typed++
      const text = root.replace('of m', `of m${'x'.repeat(typed % 5)}`)
      await checkDefinition({ name: 'root', definition: parsed(text, 'root'), loader })
    },
    { rounds: 100, warmUp: 10 },
  )
  reportSummary(`check after a keystroke, ${root.split('\n').length} lines`, samples)
}

async function decoding(): Promise<void> {
  const { root } = family(KEYS)
  const timed = async (work: () => unknown) => summarize(await sample(work, { rounds: 60, warmUp: 10 })).p50
  const ours = await timed(() => decodeYaml(root, { environment: 'root' }))
  report('decode YAML: parseDocument of yaml', await timed(() => parseDocument(root)))
  const floor = await jsYaml()
  if (floor === undefined) {
    report('decode YAML: ours', ours)
    console.log('js-yaml is not installed: no figure for it')
    return
  }
  report('decode YAML: ours', ours, { floor: await timed(() => floor(root)) })
}

/** js-yaml is no dependency of ours; it comes with others. */
async function jsYaml(): Promise<((text: string) => unknown) | undefined> {
  try {
    const loaded: { load(text: string): unknown } = createRequire(import.meta.url)('js-yaml')
    return (text) => loaded.load(text)
  } catch {
    return undefined
  }
}
