/** `npm start`: installs and builds what is missing or stale, then becomes the server, in this very process. */
import module from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, exitOnSignals, root } from './build.mjs'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`OpenESC needs Node.js 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

const forget = exitOnSignals()
try {
  await build()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
forget()

// From Node.js 22 on, what was compiled once is not compiled again at the next start.
module.enableCompileCache?.()
process.env.NODE_ENV = 'production'
process.env.NEXT_TELEMETRY_DISABLED = '1'
await import(pathToFileURL(join(root, 'dist', 'server', 'main.mjs')).href)
