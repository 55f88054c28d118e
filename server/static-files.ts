/** The console's files that never change under their name, as they were compressed when they were built. */
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import type { Door } from './http'

interface CompressedFile {
  path: string
  encoding: string
  type: string
  size: number
}

/** The better one first. */
const encodings = [
  { encoding: 'br', suffix: '.br' },
  { encoding: 'gzip', suffix: '.gz' },
]

const types: Record<string, string> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.json': 'application/json; charset=UTF-8',
  '.txt': 'text/plain; charset=UTF-8',
}

/**
 * Answers plain requests for compressed files, and leaves everything else to the next door.
 *
 * @param folder what the console publishes below `/_next/static/`
 */
export function staticDoor(folder: string, next: Door): Door {
  const files = compressedFiles(folder)
  return (request, response) => {
    const file = wanted(request, files)
    if (!file) return next(request, response)
    response.writeHead(200, {
      'content-type': file.type,
      'content-encoding': file.encoding,
      'content-length': file.size,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    })
    return createReadStream(file.path).pipe(response)
  }
}

/** By path and encoding: a request can name nothing but these. */
function compressedFiles(folder: string): ReadonlyMap<string, CompressedFile> {
  if (!existsSync(folder)) return new Map()
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return new Map(
    entries.flatMap((entry) => {
      const form = encodings.find(({ suffix }) => entry.name.endsWith(suffix))
      const type = form && types[extname(entry.name.slice(0, -form.suffix.length))]
      if (!entry.isFile() || !form || !type) return []
      const path = join(entry.parentPath, entry.name)
      const name = relative(folder, path).slice(0, -form.suffix.length).split(sep).join('/')
      const file = { path, encoding: form.encoding, type, size: statSync(path).size }
      return [[`${form.encoding} /_next/static/${name}`, file] as const]
    }),
  )
}

function wanted(
  { method, url = '', headers }: IncomingMessage,
  files: ReadonlyMap<string, CompressedFile>,
): CompressedFile | undefined {
  if (method !== 'GET' || headers.range || headers['if-none-match']) return undefined
  const [path = ''] = url.split('?')
  const accepted = String(headers['accept-encoding'] ?? '').split(/\s*,\s*/)
  for (const { encoding } of encodings) {
    const file = accepted.includes(encoding) ? files.get(`${encoding} ${path}`) : undefined
    if (file) return file
  }
  return undefined
}
