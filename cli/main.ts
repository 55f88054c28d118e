import { esc } from './esc'
import { finish } from './finish'
import { processIo } from './process-io'

const outcome = esc(process.argv.slice(2), processIo())
outcome.then(finish)
