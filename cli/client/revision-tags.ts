import type { EnvironmentName } from '../reference/reference'
import { type Api, isStatus } from './api'
import { asList, asObject, integer, text } from './decode'
import { environmentPath } from './environments'
import type { Json } from './json'

export interface RevisionTag {
  readonly name: string
  readonly revision: number
  /** RFC 3339. */
  readonly modified: string
  readonly editorLogin: string
  readonly editorName: string
}

export async function readRevisionTag(api: Api, name: EnvironmentName, tag: string): Promise<RevisionTag> {
  return decodeTag(await api.json({ path: environmentPath(name, 'versions', 'tags', tag) }))
}

/** All tags by name. The end of this list is an empty page (http-api.md §1.7). */
export async function listRevisionTags(api: Api, name: EnvironmentName): Promise<RevisionTag[]> {
  const tags: RevisionTag[] = []
  for (;;) {
    const query = { after: tags.at(-1)?.name ?? '', count: 500 }
    const page = asObject(await api.json({ path: environmentPath(name, 'versions', 'tags'), query }), 'tags')
    const found = asList(page.get('tags'), 'tags').map(decodeTag)
    if (found.length === 0) return tags
    tags.push(...found)
  }
}

/** Points a tag at a revision; a tag that does not exist is created. */
export async function moveRevisionTag(
  api: Api,
  name: EnvironmentName,
  { tag, revision }: { readonly tag: string; readonly revision: number },
): Promise<void> {
  try {
    await api.send({
      method: 'PATCH',
      path: environmentPath(name, 'versions', 'tags', tag),
      body: JSON.stringify({ revision }),
    })
  } catch (error) {
    if (!isStatus(error, 404)) throw error
    await api.send({
      method: 'POST',
      path: environmentPath(name, 'versions', 'tags'),
      body: JSON.stringify({ name: tag, revision }),
    })
  }
}

export async function deleteRevisionTag(api: Api, name: EnvironmentName, tag: string): Promise<void> {
  await api.send({ method: 'DELETE', path: environmentPath(name, 'versions', 'tags', tag) })
}

function decodeTag(json: Json): RevisionTag {
  const tag = asObject(json, 'revision tag')
  return {
    name: text(tag, 'name'),
    revision: integer(tag, 'revision'),
    modified: text(tag, 'modified'),
    editorLogin: text(tag, 'editorLogin'),
    editorName: text(tag, 'editorName'),
  }
}
