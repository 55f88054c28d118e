import type { EnvironmentName } from '../reference/reference'
import type { Api } from './api'
import { asList, asObject, text } from './decode'
import { environmentPath } from './environments'
import type { Json, JsonObject } from './json'

/** A credential that a rotation made and that stands in no definition. Times are RFC 3339. */
export interface Leftover {
  readonly id: string
  readonly path: string
  readonly rotator: string
  readonly created: string
  /** When its call was found to be gone from the definition. */
  readonly orphaned: string
}

export async function listLeftovers(api: Api, name: EnvironmentName): Promise<Leftover[]> {
  const answer = asObject(await api.json({ path: environmentPath(name, 'rotate', 'leftovers') }), 'leftovers')
  return asList(answer.get('leftovers'), 'leftovers').map((item) => {
    const leftover = asObject(item, 'leftover')
    return {
      id: text(leftover, 'id'),
      path: text(leftover, 'environmentPath'),
      rotator: text(leftover, 'rotator'),
      created: text(leftover, 'created'),
      orphaned: text(leftover, 'orphaned'),
    }
  })
}

/** Plain secrets, on the record: what was decided, and what was made as far as that is known. */
export async function readLeftover(api: Api, name: EnvironmentName, id: string): Promise<Json> {
  const path = environmentPath(name, 'rotate', 'leftovers', id, 'read')
  const answer: JsonObject = asObject(await api.json({ method: 'POST', path }), 'leftover')
  return answer
}

export async function discardLeftover(api: Api, name: EnvironmentName, id: string): Promise<void> {
  await api.send({ method: 'DELETE', path: environmentPath(name, 'rotate', 'leftovers', id) })
}
