import type { EnvironmentName } from '../reference/reference'
import { type Api, isStatus } from './api'
import { asObject, isObject, text } from './decode'
import { environmentPath } from './environments'
import type { Json } from './json'

export interface EnvironmentTag {
  readonly name: string
  readonly value: string
  /** RFC 3339. */
  readonly modified: string
  readonly editorLogin: string
  readonly editorName: string
}

export async function readEnvironmentTag(
  api: Api,
  name: EnvironmentName,
  tag: string,
): Promise<EnvironmentTag> {
  return decodeTag(await api.json({ path: environmentPath(name, 'tags', tag) }))
}

/** All tags. The end of this list is the token `0` (http-api.md §1.5, trap 14). */
export async function listEnvironmentTags(api: Api, name: EnvironmentName): Promise<EnvironmentTag[]> {
  const tags: EnvironmentTag[] = []
  for (let after = ''; ; ) {
    const query = { after, count: 500 }
    const page = asObject(await api.json({ path: environmentPath(name, 'tags'), query }), 'tags')
    const found = page.get('tags')
    if (isObject(found)) tags.push(...[...found.values()].map(decodeTag))
    after = text(page, 'nextToken')
    // an empty token would repeat the first page for ever
    if (after === '0' || after === '') return tags
  }
}

/** Gives a tag a value; the tag is created or changed, and left alone when it has that value. */
export async function setEnvironmentTag(
  api: Api,
  name: EnvironmentName,
  { tag, value }: { readonly tag: string; readonly value: string },
): Promise<EnvironmentTag> {
  const current = await readEnvironmentTag(api, name, tag).catch((error: unknown) => {
    if (isStatus(error, 404)) return undefined
    throw error
  })
  if (current?.value === value) return current
  if (current) return changeTag(api, name, { current, change: { name: '', value } })
  const body = JSON.stringify({ name: tag, value })
  return decodeTag(await api.json({ method: 'POST', path: environmentPath(name, 'tags'), body }))
}

/** Renames a tag, unless it has that name. */
export async function renameEnvironmentTag(
  api: Api,
  name: EnvironmentName,
  { tag, to }: { readonly tag: string; readonly to: string },
): Promise<EnvironmentTag> {
  const current = await readEnvironmentTag(api, name, tag)
  return current.name === to ? current : changeTag(api, name, { current, change: { name: to, value: '' } })
}

interface TagChange {
  /** Its value guards the change. */
  readonly current: EnvironmentTag
  /** Empty texts keep what there is. */
  readonly change: { readonly name: string; readonly value: string }
}

async function changeTag(
  api: Api,
  name: EnvironmentName,
  { current, change }: TagChange,
): Promise<EnvironmentTag> {
  const body = JSON.stringify({ currentTag: { name: '', value: current.value }, newTag: change })
  return decodeTag(
    await api.json({ method: 'PATCH', path: environmentPath(name, 'tags', current.name), body }),
  )
}

export async function deleteEnvironmentTag(api: Api, name: EnvironmentName, tag: string): Promise<void> {
  await api.send({ method: 'DELETE', path: environmentPath(name, 'tags', tag) })
}

function decodeTag(json: Json): EnvironmentTag {
  const tag = asObject(json, 'tag')
  return {
    name: text(tag, 'name'),
    value: text(tag, 'value'),
    modified: text(tag, 'modified'),
    editorLogin: text(tag, 'editorLogin'),
    editorName: text(tag, 'editorName'),
  }
}
