/**
 * PGlite over real files with a real fsync. As shipped, its Node file system has no fsync operation: a process may be
 * killed, but a power failure loses acknowledged commits (stack: 500 inserts, no sync call).
 *
 * Uses internals of PGlite 0.5.16, which is pinned; the test counts fsync calls per commit and fails without this.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs'
import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type InitOptions = Parameters<NodeFS['init']>[1]
type InitResult = Awaited<ReturnType<NodeFS['init']>>

/** What Emscripten hands to a stream operation: `nfd` is the descriptor of a regular file, folders have none. */
interface Stream {
  nfd?: number
  node: unknown
}

interface NodeFilesystem {
  realPath(node: unknown): string
  stream_ops: { fsync?: (stream: Stream) => number }
}

function hasNodeFilesystem(module: object): module is { NODEFS: NodeFilesystem } {
  return 'NODEFS' in module && typeof module.NODEFS === 'object'
}

/** A file that was created or renamed survives only when its folder is synced too; PostgreSQL asks for that. */
function syncFolder(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

export class DurableFilesystem extends NodeFS {
  /** Sync calls so far, for tests. */
  syncs = 0

  override async init(database: PGlite, options: InitOptions): Promise<InitResult> {
    const result = await super.init(database, options)
    const addSync = (module: object) => {
      if (!hasNodeFilesystem(module)) throw new Error('PGlite has changed: its module has no NODEFS')
      module.NODEFS.stream_ops.fsync = (stream) => this.sync(module.NODEFS, stream)
    }
    result.emscriptenOpts.preRun = [...[result.emscriptenOpts.preRun ?? []].flat(), addSync]
    return result
  }

  private sync(filesystem: NodeFilesystem, stream: Stream): number {
    if (stream.nfd === undefined) syncFolder(filesystem.realPath(stream.node))
    else fsyncSync(stream.nfd)
    this.syncs += 1
    return 0
  }
}
