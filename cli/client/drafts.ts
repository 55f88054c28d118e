import type { EnvironmentName } from '../reference/reference'
import { type Api, ApiFailure } from './api'
import { asObject, text } from './decode'
import { type Definition, environmentPath } from './environments'
import type { Diagnostic } from './values'

/** A proposed definition: its change request, or why it was refused. */
export type DraftResult =
  | { readonly changeRequest: string; readonly diagnostics: readonly Diagnostic[] }
  | { readonly changeRequest: undefined; readonly diagnostics: readonly Diagnostic[] }

export async function createDraft(
  api: Api,
  name: EnvironmentName,
  definition: Definition,
): Promise<DraftResult> {
  return draftResult(async () => {
    const answer = await api.json({
      method: 'POST',
      path: environmentPath(name, 'drafts'),
      headers: { ETag: definition.etag || undefined },
      body: definition.text,
    })
    return text(asObject(answer, 'draft'), 'changeRequestId')
  })
}

/** An empty etag is unconditional, and is sent all the same (http-api.md §6.1). */
export async function updateDraft(
  api: Api,
  name: EnvironmentName,
  { id, definition }: { readonly id: string; readonly definition: Definition },
): Promise<DraftResult> {
  return draftResult(async () => {
    await api.send({
      method: 'PATCH',
      path: environmentPath(name, 'drafts', id),
      headers: { 'If-Match': definition.etag },
      body: definition.text,
    })
    return id
  })
}

export async function readDraft(api: Api, name: EnvironmentName, id: string): Promise<Definition> {
  const answer = await api.send({ path: environmentPath(name, 'drafts', id) })
  return { text: answer.body.toString(), etag: answer.headers.etag ?? '' }
}

export async function submitChangeRequest(api: Api, organization: string, id: string): Promise<void> {
  await api.send({ method: 'POST', path: ['change-requests', organization, id, 'submit'], body: '{}' })
}

async function draftResult(call: () => Promise<string>): Promise<DraftResult> {
  try {
    return { changeRequest: await call(), diagnostics: [] }
  } catch (error) {
    if (error instanceof ApiFailure && error.diagnostics.length > 0) {
      return { changeRequest: undefined, diagnostics: error.diagnostics }
    }
    throw error
  }
}
