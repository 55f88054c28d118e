import { Failure } from '../failure'
import type { Duration } from '../parse/duration'
import type { EnvironmentName } from '../reference/reference'
import type { Api } from './api'
import { asList, asObject, text } from './decode'
import { environmentPath } from './environments'

export interface OpenRequest {
  /** How long an approval may be used. */
  readonly grant: Duration
  /** How long access lasts once it is used. */
  readonly access: Duration
}

const nanosecondsPerSecond = 1_000_000_000n

/** Asks for permission to open a gated environment; the id of the change request. */
export async function requestOpen(api: Api, name: EnvironmentName, request: OpenRequest): Promise<string> {
  const answer = await api.json({
    method: 'POST',
    path: environmentPath(name, 'open', 'request'),
    body: JSON.stringify({
      grantExpirationSeconds: Number(request.grant / nanosecondsPerSecond),
      accessDurationSeconds: Number(request.access / nanosecondsPerSecond),
    }),
  })
  const [first] = asList(asObject(answer, 'open request').get('changeRequests'), 'change requests')
  if (first === undefined) throw new Failure('API', 'the server created no open request')
  return text(asObject(first, 'change request'), 'changeRequestId')
}
