import type { EnvironmentName } from '../reference/reference'
import type { Api } from './api'
import { asList, asObject, integer, isObject, text, texts } from './decode'
import { environmentPath } from './environments'
import type { Json } from './json'

export interface Retraction {
  readonly replacement: number
  readonly at: string
  readonly byLogin: string
  readonly byName: string
  readonly reason: string
}

export interface Revision {
  readonly number: number
  /** RFC 3339. */
  readonly created: string
  readonly creatorLogin: string
  readonly creatorName: string
  readonly tags: readonly string[]
  readonly retracted: Retraction | undefined
}

const pageSize = 500

/** Revisions below `before` (0 = all), newest first, page by page. */
export async function* listRevisions(
  api: Api,
  name: EnvironmentName,
  before: number,
): AsyncGenerator<Revision[]> {
  for (let next = before; ; ) {
    const page = await readPage(api, name, { before: next, count: pageSize })
    const last = page.at(-1)
    if (!last) return
    yield page
    if (last.number <= 1) return
    next = last.number
  }
}

/** The newest revision up to a number. */
export async function findRevision(
  api: Api,
  name: EnvironmentName,
  number: number,
): Promise<Revision | undefined> {
  return (await readPage(api, name, { before: number + 1, count: 1 }))[0]
}

async function readPage(
  api: Api,
  name: EnvironmentName,
  query: { before: number; count: number },
): Promise<Revision[]> {
  const answer = await api.json({ path: environmentPath(name, 'versions'), query })
  return asList(answer, 'revisions').map(decodeRevision)
}

function decodeRevision(json: Json): Revision {
  const revision = asObject(json, 'revision')
  const retracted = revision.get('retracted')
  return {
    number: integer(revision, 'number'),
    created: text(revision, 'created'),
    creatorLogin: text(revision, 'creatorLogin'),
    creatorName: text(revision, 'creatorName'),
    tags: texts(revision, 'tags'),
    retracted: isObject(retracted)
      ? {
          replacement: integer(retracted, 'replacement'),
          at: text(retracted, 'at'),
          byLogin: text(retracted, 'byLogin'),
          byName: text(retracted, 'byName'),
          reason: text(retracted, 'reason'),
        }
      : undefined,
  }
}

/** Makes a revision unreadable; its tags move to the replacement. */
export async function retractRevision(
  api: Api,
  name: EnvironmentName,
  { version, replacement, reason }: { version: string; replacement: number | undefined; reason: string },
): Promise<void> {
  await api.send({
    method: 'POST',
    path: environmentPath(name, 'versions', version, 'retract'),
    body: JSON.stringify({ replacement, reason: reason || undefined }),
  })
}
