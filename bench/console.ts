/**
 * The editor as a person feels it, in a real browser on a built server: first load, from a key press to the updated
 * preview, the time of interactions, and memory over many edits. `npm run bench console -- --edits=1000
 * --lines=2000` makes fewer, of one size.
 */
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type CDPSession, chromium, type Page } from '@playwright/test'
import { findChromium } from '../tests/peers/chromium'
import { type OpenEsc, startOpenEsc } from '../tests/peers/openesc'
import { report, type Summary, summarize } from './measure'

const imports = Array.from({ length: 26 }, (_, index) => `bench/part-${index}`)
const sizes = wanted('lines', '100,1000,2000').split(',').map(Number)
const debounceMs = 400
const keysEach = 40
const memoryReporter = fileURLToPath(new URL('report-memory.cjs', import.meta.url))

export default async function consoleBench(): Promise<void> {
  const openesc = await startOpenEsc({ env: { NODE_OPTIONS: `--require=${memoryReporter}` } })
  const executablePath = findChromium()
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'],
    ...(executablePath && { executablePath }),
  })
  try {
    await prepare(openesc)
    const context = await browser.newContext({ baseURL: openesc.url, viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    const floor = await signInMeasured(page, openesc)
    const session = await context.newCDPSession(page)
    await firstLoad(page, session, floor)
    for (const lines of sizes) await typing({ page, session, openesc }, lines)
    await memory({ page, session, openesc }, Number(wanted('edits', '10000')))
  } finally {
    await browser.close()
    await openesc.stop()
  }
}

/** The value of an option such as `--edits=1000`. */
function wanted(option: string, otherwise: string): string {
  const start = `--${option}=`
  return process.argv.find((argument) => argument.startsWith(start))?.slice(start.length) ?? otherwise
}

function definition(lines: number): string {
  const head = ['imports:', ...imports.map((name) => `  - ${name}`), 'values:', '  first: x']
  const rest = Array.from({ length: Math.max(0, lines - head.length) }, (_, index) =>
    index % 10 === 9
      ? `  v${index}: \${part${index % imports.length}}-\${v${index - 1}}`
      : `  v${index}: text ${index}`,
  )
  return `${[...head, ...rest].join('\n')}\n`
}

async function prepare({ api }: OpenEsc): Promise<void> {
  const save = async (name: string, text: string) => {
    const [project, short] = name.split('/')
    await api('/api/esc/environments/acme', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ project, name: short }),
    })
    const saved = await api(`/api/esc/environments/acme/${name}`, { method: 'PATCH', body: text })
    if (!saved.ok) throw new Error(`${name}: ${saved.status} ${await saved.text()}`)
  }
  for (const [index, name] of imports.entries()) await save(name, `values:\n  part${index}: p${index}\n`)
  for (const lines of new Set([100, 1000, ...sizes])) await save(`bench/lines-${lines}`, definition(lines))
}

/** @returns transferred kilobytes of the sign-in page, the least that a page of this console takes */
async function signInMeasured(page: Page, { administrator }: OpenEsc): Promise<number> {
  const session = await page.context().newCDPSession(page)
  const transferred = await countTransfer(session)
  await page.goto('/signin', { waitUntil: 'networkidle' })
  const floor = transferred()
  await page.getByLabel('Login or e-mail').fill(administrator.email)
  await page.getByLabel('Password').fill(administrator.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Environments', exact: true }).waitFor()
  return floor
}

async function countTransfer(session: CDPSession): Promise<() => number> {
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await session.send('Network.enable')
  return () => {
    const kilobytes = bytes / 1024
    bytes = 0
    return kilobytes
  }
}

const preview = 'table[aria-label="Preview"]'

async function load(page: Page, lines: number): Promise<number> {
  await page.goto(`/acme/environments/bench/lines-${lines}?line=${imports.length + 3}&column=11`)
  await page.getByRole('textbox', { name: 'Environment definition' }).waitFor({ state: 'attached' })
  const interactive: number = await page.evaluate('performance.now()')
  await page.locator(preview).getByText('first', { exact: true }).waitFor()
  return interactive
}

async function firstLoad(page: Page, session: CDPSession, floor: number): Promise<void> {
  const transferred = await countTransfer(session)
  await session.send('Network.clearBrowserCache')
  const cold = await load(page, 100)
  await page.waitForLoadState('networkidle')
  report('first load, transferred', transferred(), { unit: 'KiB', floor })
  const warm = await load(page, 100)
  await page.waitForLoadState('networkidle')
  report('second load, transferred', transferred(), { unit: 'KiB', floor })
  report('first load, to a working editor', cold, { floor: warm })
}

/** Runs in the page, as text so that nothing is added to it: times keys, interactions and changes of the preview. */
const instruments = `
  window.bench = { updates: [], checks: [], interactions: new Map(), pressed: 0, onUpdate: () => {} }
  addEventListener('keydown', (event) => { bench.pressed = event.timeStamp }, { capture: true })
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (interactionId) bench.interactions.set(interactionId, Math.max(duration, bench.interactions.get(interactionId) ?? 0))
    }
  }).observe({ type: 'event', durationThreshold: 16 })
  new PerformanceObserver((list) => {
    bench.checks.push(...list.getEntries().filter(({ name }) => name.endsWith('/check')))
  }).observe({ type: 'resource' })
  bench.first = () => document.querySelector('${preview} td')?.textContent
  let shown = bench.first()
  new MutationObserver(() => {
    if (bench.first() === shown) return
    shown = bench.first()
    bench.updates.push({ pressed: bench.pressed, shown: performance.now() })
    bench.onUpdate()
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
  bench.updated = (before) => new Promise((resolve, reject) => {
    if (bench.updates.length > before) return resolve()
    bench.onUpdate = resolve
    setTimeout(() => reject(new Error('the preview was not updated within 20 seconds')), 20000)
  })
  bench.floor = async () => {
    const began = performance.now()
    await (await fetch('/healthz', { cache: 'no-store' })).text()
    await new Promise(requestAnimationFrame)
    return performance.now() - began
  }
`

interface Update {
  pressed: number
  shown: number
}

/** A request as the page's clock saw it. */
interface Check {
  startTime: number
  responseEnd: number
}

interface Bench {
  page: Page
  session: CDPSession
  openesc: OpenEsc
}

async function typing({ page, session, openesc }: Bench, lines: number): Promise<void> {
  await load(page, lines)
  await page.getByRole('textbox', { name: 'Environment definition' }).focus()
  await page.keyboard.press('y')
  await page.waitForTimeout(1500)
  await page.evaluate(instruments)
  const busy = { page: await pageCpu(session), server: serverCpu(openesc) }
  const floors: number[] = []
  for (let key = 0; key < keysEach; key++) {
    await page.keyboard.press('x')
    await page.evaluate(`bench.updated(${key})`)
    // The least that any preview takes: an answer with nothing in it, and the next frame.
    floors.push(await page.evaluate<number>('bench.floor()'))
  }
  const updates = await page.evaluate<Update[]>('bench.updates')
  const checks = await page.evaluate<Check[]>('bench.checks.map((each) => each.toJSON())')
  reportTimes(`${lines} lines`, { updates, checks, floor: summarize(floors) })
  report(`${lines} lines: CPU of the server for a check`, (serverCpu(openesc) - busy.server) / keysEach)
  report(
    `${lines} lines: CPU of the page for a key and its check`,
    ((await pageCpu(session)) - busy.page) / keysEach,
  )
  await burst({ page, session }, lines)
  report(`${lines} lines: rows of the preview in the document`, await page.locator(`${preview} tr`).count(), {
    unit: '',
  })
}

interface Times {
  updates: readonly Update[]
  checks: readonly Check[]
  floor: Summary
}

/** From key to preview, beyond the debounce, and in which part of the way the time was spent. */
function reportTimes(name: string, { updates, checks, floor }: Times): void {
  const taken = summarize(updates.map(({ pressed, shown }) => shown - pressed - debounceMs))
  report(`${name}: key to preview, beyond the debounce p50`, taken.p50, { floor: floor.p50 })
  report(`${name}: key to preview, beyond the debounce p95`, taken.p95, { floor: floor.p95 })
  const parts = updates.flatMap(({ pressed, shown }) => {
    const check = checks.find(({ startTime, responseEnd }) => startTime > pressed && responseEnd < shown)
    return check ? [{ check, pressed, shown }] : []
  })
  const p50 = (times: number[]) => summarize(times).p50
  report('  until it is asked, p50', p50(parts.map((it) => it.check.startTime - it.pressed - debounceMs)))
  report('  until it is answered, p50', p50(parts.map(({ check }) => check.responseEnd - check.startTime)))
  report('  until it is shown, p50', p50(parts.map(({ check, shown }) => shown - check.responseEnd)))
}

/** Keys one after the other, faster than the debounce. */
async function burst({ page, session }: Omit<Bench, 'openesc'>, lines: number): Promise<void> {
  await page.evaluate('bench.interactions.clear()')
  const before = await pageCpu(session)
  await page.keyboard.type('x'.repeat(keysEach), { delay: 60 })
  report(`${lines} lines: CPU of the page for a key`, ((await pageCpu(session)) - before) / keysEach)
  await page.waitForTimeout(500)
  const slow = await page.evaluate<number[]>('[...bench.interactions.values()]')
  const interactions = [...slow, ...Array<number>(Math.max(0, keysEach - slow.length)).fill(16)]
  report(`${lines} lines: interaction while typing, p98`, percentile98(interactions))
}

/** Milliseconds that the page's thread has worked; other programs on the machine do not count. */
async function pageCpu(session: CDPSession): Promise<number> {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const { metrics } = await session.send('Performance.getMetrics')
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
}

/** Milliseconds that the server has worked, where the system tells (proc(5): ticks of 10 ms). */
function serverCpu({ child }: OpenEsc): number {
  const file = `/proc/${child.pid}/stat`
  if (!existsSync(file)) return Number.NaN
  const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? []
  return 10 * (Number(fields[11]) + Number(fields[12]))
}

function percentile98(samples: readonly number[]): number {
  return samples.length < 50
    ? summarize(samples).max
    : ([...samples].sort((a, b) => b - a)[Math.floor(samples.length / 50)] ?? 0)
}

async function memory({ page, session, openesc }: Bench, edits: number): Promise<void> {
  await load(page, 1000)
  await page.getByRole('textbox', { name: 'Environment definition' }).focus()
  const edit = async (count: number) => {
    for (let done = 0; done < count; done += 100) {
      await page.keyboard.type('x'.repeat(50))
      for (let back = 0; back < 50; back++) await page.keyboard.press('Backspace')
      await page.waitForTimeout(debounceMs + 300)
    }
  }
  await edit(200)
  const before = { page: await heap(session), server: await serverMemory(openesc) }
  let done = 0
  for (const until of [edits / 10, edits / 2, edits]) {
    await edit(until - done)
    done = until
    report(`heap of the page after ${until} edits`, await heap(session), { unit: 'MiB', floor: before.page })
    const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
    report(`nodes and listeners after ${until} edits`, nodes + jsEventListeners, { unit: '' })
    const { heapUsed, rss } = await serverMemory(openesc)
    report(`heap of the server after ${until} edits`, heapUsed, {
      unit: 'MiB',
      floor: before.server.heapUsed,
    })
    report(`resident memory of the server after ${until} edits`, rss, {
      unit: 'MiB',
      floor: before.server.rss,
    })
  }
}

/** What is in use after a collection, in MiB. */
async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.enable')
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / mebibyte
}

const mebibyte = 1024 * 1024

/** As `report-memory.cjs` prints it, in MiB. */
async function serverMemory({ child, output }: OpenEsc): Promise<{ heapUsed: number; rss: number }> {
  const before = output.text.length
  child.kill('SIGUSR2')
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(50)) {
    const [, heapUsed, rss] = /memory {"heapUsed":(\d+),"rss":(\d+)/.exec(output.text.slice(before)) ?? []
    if (rss !== undefined) return { heapUsed: Number(heapUsed) / mebibyte, rss: Number(rss) / mebibyte }
  }
  throw new Error('the server printed no memory')
}
