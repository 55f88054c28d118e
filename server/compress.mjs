/** Compresses the console's files once, when they are built: better than there is time for at every request. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const compressible = /\.(?:js|css|svg|ttf|json|txt)$/
/** Smaller ones fit into a packet or two either way. */
const leastBytes = 1024

const forms = [
  {
    suffix: '.br',
    // A fiftieth larger than the strongest setting, in half the time.
    compress: (bytes) =>
      promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }),
  },
  { suffix: '.gz', compress: (bytes) => promisify(gzip)(bytes, { level: 9 }) },
]

/** Writes `FILE.br` and `FILE.gz` beside every text file of a folder. */
export async function compressFolder(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = entries.flatMap((entry) =>
    entry.isFile() && compressible.test(entry.name) ? [join(entry.parentPath, entry.name)] : [],
  )
  await Promise.all(paths.map(compressFile))
}

async function compressFile(path) {
  const bytes = readFileSync(path)
  if (bytes.length < leastBytes) return
  for (const { suffix, compress } of forms) writeFileSync(path + suffix, await compress(bytes))
}
