import type { EnvironmentName } from '../reference/reference'
import { type Api, isStatus } from './api'
import { asList, asObject, integer, isObject, text } from './decode'
import { environmentPath } from './environments'
import type { Json } from './json'
import type { Diagnostic } from './values'

export interface RotationResult {
  /** `succeeded`, `failed`, `in_progress`, or empty when the service says nothing. */
  readonly status: string
  readonly errorMessage: string
  /** The revision that holds the new secrets; undefined when none was made. */
  readonly newRevision: number | undefined
  readonly failed: readonly { readonly path: string; readonly error: string }[]
  readonly diagnostics: readonly Diagnostic[]
}

const nothing: RotationResult = {
  status: '',
  errorMessage: '',
  newRevision: undefined,
  failed: [],
  diagnostics: [],
}

/** Rotates the secrets at `paths`, or all of them. */
export async function rotateEnvironment(
  api: Api,
  name: EnvironmentName,
  paths: readonly string[],
): Promise<RotationResult> {
  try {
    const answer = await api.json({
      method: 'POST',
      path: environmentPath(name, 'rotate'),
      body: JSON.stringify({ Paths: paths }),
    })
    const event = isObject(answer) ? answer.get('secretRotationEvent') : undefined
    return isObject(event) ? decodeEvent(event) : nothing
  } catch (error) {
    if (isStatus(error, 400) && error.diagnostics.length > 0)
      return { ...nothing, diagnostics: error.diagnostics }
    throw error
  }
}

function decodeEvent(json: Json): RotationResult {
  const event = asObject(json, 'rotation')
  const rotations = asList(event.get('rotations'), 'rotations').map((item) => asObject(item, 'rotation'))
  return {
    status: text(event, 'status'),
    errorMessage: text(event, 'errorMessage'),
    newRevision: event.get('postRotationRevision') ? integer(event, 'postRotationRevision') : undefined,
    failed: rotations
      .filter((rotation) => text(rotation, 'status') === 'failed')
      .map((rotation) => ({
        path: text(rotation, 'environmentPath'),
        error: text(rotation, 'errorMessage'),
      })),
    diagnostics: [],
  }
}
