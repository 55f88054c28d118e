import { build } from '../../server/build.mjs'
import { installDependencies } from '../../server/dependencies.mjs'
import { heading, root, run, tool } from './process.mjs'

/**
 * Installs and builds whatever is missing or stale, and finds a browser when one is needed.
 * @throws Error with the output of the step that failed
 */
export async function prepare({ browser }) {
  heading('preparing')
  await installDependencies(root, { development: true })
  await build()
  if (!browser) return
  process.stdout.write('Chromium: ')
  if ((await run(tool('tsx'), ['tests/peers/chromium.ts'])) !== 0) throw new Error('There is no Chromium.')
}
