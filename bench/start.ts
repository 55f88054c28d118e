/** How long a person waits before anything happens: the command line, and the server of a built checkout. */
import { execFileSync, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { collectOutput, stopChild, waitUntilReady } from '../tests/peers/child'
import { freePort } from '../tests/peers/free-port'
import { createDataFolder, escProgram } from '../tests/peers/openesc'
import { report, sample, summarize } from './measure'

const root = fileURLToPath(new URL('..', import.meta.url))

export default async function start(): Promise<void> {
  const node = () => execFileSync(process.execPath, ['-e', '0'])
  const esc = () => execFileSync(process.execPath, [escProgram, 'version'])
  const floor = summarize(await sample(node, { rounds: 20 })).p50
  report('esc version, p50', summarize(await sample(esc, { rounds: 20 })).p50, { floor })

  const dataFolder = createDataFolder()
  report('npm start to ready, new data folder', await timeToReady(dataFolder))
  report('npm start to ready, again', await timeToReady(dataFolder))
}

/** Milliseconds from the command until `/readyz` says yes. */
async function timeToReady(dataFolder: string): Promise<number> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn('npm', ['start', '--silent'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), OPENESC_DATA_DIR: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = collectOutput(child)
  const probe = async () => ((await fetch(`http://127.0.0.1:${port}/readyz`)).ok ? true : undefined)
  await waitUntilReady(child, output, { probe, seconds: 120 })
  const elapsed = performance.now() - began
  await stopChild(child, { signal: 'SIGINT', graceSeconds: 15 })
  return elapsed
}
