import { createDraft, readDraft, submitChangeRequest, updateDraft } from '../../client/drafts'
import {
  type Definition,
  type ReadOptions,
  readDefinition,
  updateDefinition,
} from '../../client/environments'
import type { Diagnostic } from '../../client/values'
import { consoleUrl } from '../../credentials/backend-url'
import type { Session } from '../../credentials/session'
import { within } from '../../failure'
import { hasErrors } from '../../output/diagnostics'
import type { EnvironmentName } from '../../reference/reference'

/** The option of commands that can propose a change instead of making it. */
export const draftOption = {
  draft: {
    kind: 'string',
    implicit: 'new',
    help: 'set --draft to create a draft, or --draft=<change-request-id> to update an existing change request',
  },
} as const

/** Where a new definition goes: to the environment, to a new change request, or to an existing one. */
export type Target =
  | { readonly kind: 'environment' }
  | { readonly kind: 'new' }
  | { readonly kind: 'existing'; readonly id: string }

export function targetOf(draft: string): Target {
  if (draft === '') return { kind: 'environment' }
  return draft === 'new' ? { kind: 'new' } : { kind: 'existing', id: draft }
}

/** The definition that a change starts from. */
export async function readTarget(
  session: Session,
  name: EnvironmentName,
  target: Target,
  options: ReadOptions = {},
): Promise<Definition> {
  if (target.kind === 'existing') {
    return within('getting environment draft definition', () => readDraft(session.api, name, target.id))
  }
  return within('getting environment definition', () => readDefinition(session.api, name, options))
}

/** What was done with a new definition. */
export interface Submission {
  readonly diagnostics: readonly Diagnostic[]
  /** What to tell the person when there are no errors; undefined leaves it to the command. */
  readonly message: string | undefined
}

/** Sends a new definition. Refused definitions are a result with errors, not a failure. */
export async function submit(
  session: Session,
  name: EnvironmentName,
  target: Target,
  definition: Definition,
): Promise<Submission> {
  switch (target.kind) {
    case 'environment': {
      const diagnostics = await within('updating environment definition', () =>
        updateDefinition(session.api, name, definition),
      )
      return { diagnostics, message: undefined }
    }
    case 'new':
      return submitNew(session, name, definition)
    case 'existing':
      return submitExisting(session, name, { id: target.id, definition })
  }
}

async function submitNew(
  session: Session,
  name: EnvironmentName,
  definition: Definition,
): Promise<Submission> {
  const draft = await within('creating environment draft', () => createDraft(session.api, name, definition))
  const { changeRequest: id, diagnostics } = draft
  if (id === undefined) return { diagnostics, message: undefined }
  await within('submitting change request', () => submitChangeRequest(session.api, name.organization, id))
  return {
    diagnostics,
    message: `Change request created: ${id}\nChange request URL: ${changeRequestUrl(session, name, id)}\nChange request submitted\n`,
  }
}

async function submitExisting(
  session: Session,
  name: EnvironmentName,
  change: { readonly id: string; readonly definition: Definition },
): Promise<Submission> {
  const { diagnostics } = await within('updating environment draft', () =>
    updateDraft(session.api, name, change),
  )
  if (hasErrors(diagnostics)) return { diagnostics, message: undefined }
  return {
    diagnostics,
    message: `Change request updated\nChange request URL: ${changeRequestUrl(session, name, change.id)}\n`,
  }
}

function changeRequestUrl({ io, url }: Session, name: EnvironmentName, id: string): string {
  const page = consoleUrl(io, url, name.organization, 'esc', name.project, name.environment)
  return `${page}?version=${encodeURIComponent(id)}`
}
