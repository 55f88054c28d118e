/** What the list shows is in its URL, so that it can be linked to, reloaded and gone back to. */
import type { Browsing } from '@/lib/environments/browse'

export const orders = ['name', 'modified', 'created', 'used'] as const

export type Order = (typeof orders)[number]

export interface ListView {
  search: string
  project: string | undefined
  /** `name` or `name=value`. */
  tags: readonly string[]
  mine: boolean
  deletionProtected: boolean
  order: Order
  /** `project`, `none`, or `tag:` and the name of one. */
  group: string
  after: string | undefined
}

export type Parameters = Record<string, string | string[] | undefined>

/** Anything that makes no sense is left out. */
export function readView(parameters: Parameters): ListView {
  const group = one(parameters.group)
  return {
    search: one(parameters.q).slice(0, 200),
    project: one(parameters.project) || undefined,
    tags: [parameters.tag ?? []].flat().filter(Boolean).slice(0, 10),
    mine: one(parameters.mine) !== '',
    deletionProtected: one(parameters.protected) !== '',
    order: orders.find((order) => order === one(parameters.sort)) ?? 'name',
    group: group === 'none' || /^tag:./.test(group) ? group : 'project',
    after: one(parameters.after) || undefined,
  }
}

function one(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** The part of the URL behind the path; every change but of `after` leads back to the first page. */
export function viewHref(view: ListView, change: Partial<ListView> = {}): string {
  const next: ListView = { ...view, after: undefined, ...change }
  const parameters = new URLSearchParams()
  if (next.search) parameters.set('q', next.search)
  if (next.project) parameters.set('project', next.project)
  for (const tag of next.tags) parameters.append('tag', tag)
  if (next.mine) parameters.set('mine', '1')
  if (next.deletionProtected) parameters.set('protected', '1')
  if (next.order !== 'name') parameters.set('sort', next.order)
  if (next.group !== 'project') parameters.set('group', next.group)
  if (next.after) parameters.set('after', next.after)
  return `?${parameters}`
}

export const everything: Pick<ListView, 'search' | 'project' | 'tags' | 'mine' | 'deletionProtected'> = {
  search: '',
  project: undefined,
  tags: [],
  mine: false,
  deletionProtected: false,
}

export function isFiltered({ search, project, tags, mine, deletionProtected }: ListView): boolean {
  return search !== '' || project !== undefined || tags.length > 0 || mine || deletionProtected
}

/** The question to the server that a view is. */
export function browsingOf(view: ListView): Omit<Browsing, 'organization'> {
  const { search, project, tags, mine, deletionProtected, order, group, after } = view
  return {
    search,
    project,
    tags: tags.map(splitTag),
    owner: mine ? 'me' : undefined,
    deletionProtected: deletionProtected || undefined,
    order,
    grouping: groupingOf(group),
    cursor: after,
  }
}

function splitTag(tag: string): { name: string; value?: string } {
  const at = tag.indexOf('=')
  return at < 0 ? { name: tag } : { name: tag.slice(0, at), value: tag.slice(at + 1) }
}

function groupingOf(group: string): Browsing['grouping'] {
  if (group === 'none') return undefined
  return group.startsWith('tag:') ? { by: 'tag', name: group.slice('tag:'.length) } : { by: 'project' }
}
