/** Remembers of which sources each part was built, by content: clones and checkouts change times, not bytes. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const ignored = /(?:^|\/)(?:generated|node_modules)$|\.test\.tsx?$/

function filesUnder(root, path) {
  const full = join(root, path)
  if (ignored.test(path) || !existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesUnder(root, `${path}/${name}`))
}

/**
 * @param {string} root
 * @param {string[]} sources files and folders, relative to the root
 */
export function hashOf(root, sources) {
  const hash = createHash('sha256').update(`node ${process.versions.node.split('.')[0]}`)
  for (const path of sources.flatMap((source) => filesUnder(root, source))) {
    const content = readFileSync(join(root, path))
    hash.update(`\0${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** @param {string} file */
export function readStamps(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}

/**
 * @param {string} file
 * @param {string} part
 * @param {string} hash
 */
export function writeStamp(file, part, hash) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify({ ...readStamps(file), [part]: hash }, null, 2)}\n`)
}
