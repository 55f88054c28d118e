/** The second half of `npm run lint`: who may import whom, and who may read the environment. */
import { fileURLToPath } from 'node:url'
import { checkTree } from './tree'

const { files, violations } = checkTree(fileURLToPath(new URL('../..', import.meta.url)))
for (const { path, line, rule, message } of violations) {
  console.error(`${path}:${line} ${rule}: ${message}`)
}
console.log(`Rooms: ${files} files, ${violations.length} violations`)
process.exitCode = violations.length > 0 ? 1 : 0
