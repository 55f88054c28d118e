/** Which audit entries are events for webhooks, and what they say (http-api.md §8). Pure. */

/** What happened to an environment, before anybody's filters. */
export interface WebhookEvent {
  /** `Pulumi-Webhook-Kind`. */
  kind: string
  /** The name by which webhooks choose it. */
  filter: string
  group: 'environments' | 'change_requests'
  action: string
  projectName: string
  environmentName: string
  /** Members that only some kinds have. */
  details: EventDetails
}

export interface EventDetails {
  revision?: number
  tagName?: string
  changeRequestId?: string
  affectedRevisions?: { revision: number }[]
  importedEnvironmentReference?: ImportedEnvironment
}

export interface ImportedEnvironment {
  projectName: string
  environmentName: string
  revision: number
}

/** The part of an audit entry that events are made of. */
export interface Occurrence {
  event: string
  /** `project/environment`. */
  environment: string | null
  data: unknown
}

type Shape = Pick<WebhookEvent, 'kind' | 'filter' | 'action'>

function shape(kind: string, action: string, filter = `${kind}_${action}`): Shape {
  return { kind, action, filter }
}

const rotationKind = 'environment_rotation'

const shapes: Readonly<Record<string, Shape>> = {
  'environment-created': shape('environment', 'created'),
  'environment-cloned': shape('environment', 'created'),
  'environment-restored': shape('environment', 'created'),
  'environment-deleted': shape('environment', 'deleted'),
  'environment-updated': shape('environment_revision', 'created'),
  'environment-revision-retracted': shape('environment_revision', 'retracted'),
  'environment-revision-tag-created': shape('environment_revision_tag', 'created'),
  'environment-revision-tag-update': shape('environment_revision_tag', 'updated'),
  'environment-revision-tag-delete': shape('environment_revision_tag', 'deleted'),
  'environment-tag-created': shape('environment_tag', 'created'),
  'environment-tag-updated': shape('environment_tag', 'updated'),
  'environment-tag-deleted': shape('environment_tag', 'deleted'),
  'environment-rotated': shape(rotationKind, 'succeeded'),
}

const changeRequest = 'change-request-'

/** @returns undefined for what webhooks are not told */
export function eventOf({ event, environment, data }: Occurrence): WebhookEvent | undefined {
  const [projectName = '', environmentName = ''] = environment?.split('/') ?? []
  const found = shapeOf(event, data)
  if (!found || environmentName === '') return undefined
  const group = event.startsWith(changeRequest) ? 'change_requests' : 'environments'
  return { ...found, group, projectName, environmentName, details: detailsOf(found.kind, data) }
}

function shapeOf(event: string, data: unknown): Shape | undefined {
  if (event.startsWith(changeRequest)) {
    return shape('change_request', event.slice(changeRequest.length).replaceAll('-', '_'))
  }
  const found = Object.hasOwn(shapes, event) ? shapes[event] : undefined
  return found?.kind === rotationKind && member(data, 'status') === 'failed'
    ? shape(rotationKind, 'failed')
    : found
}

function detailsOf(kind: string, data: unknown): EventDetails {
  const revision = member(data, 'revision')
  const tagName = kind.endsWith('_tag') ? member(data, 'tag') : undefined
  const changeRequestId = member(data, 'changeRequest')
  return {
    ...(typeof revision === 'number' && { revision }),
    ...(typeof tagName === 'string' && { tagName }),
    ...(typeof changeRequestId === 'string' && { changeRequestId }),
  }
}

function member(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined
}

/** What an importer is told when what it imports changes. */
export function importedChange(
  importer: { project: string; name: string; revision: number },
  imported: ImportedEnvironment,
): WebhookEvent {
  return {
    ...shape('imported_environment', 'changed'),
    kind: 'imported_environment_changed',
    group: 'environments',
    projectName: importer.project,
    environmentName: importer.name,
    details: {
      affectedRevisions: [{ revision: importer.revision }],
      importedEnvironmentReference: imported,
    },
  }
}

/** A webhook without filters and groups wants everything. */
export function wants(
  { filters, groups }: { filters: readonly string[]; groups: readonly string[] },
  { filter, group }: Pick<WebhookEvent, 'filter' | 'group'>,
): boolean {
  return (filters.length === 0 && groups.length === 0) || filters.includes(filter) || groups.includes(group)
}
