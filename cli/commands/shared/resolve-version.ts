import { readRevisionTag } from '../../client/revision-tags'
import type { Session } from '../../credentials/session'
import { Failure, within } from '../../failure'
import type { EnvironmentName } from '../../reference/reference'

/** The number of a version; a tag is looked up. Empty means the tag `latest`. */
export async function resolveVersion(
  session: Session,
  name: EnvironmentName,
  version: string,
): Promise<number> {
  if (/^\d/.test(version)) return parseRevisionNumber(version)
  const tag = version || 'latest'
  const found = await within(`resolving tag ${JSON.stringify(tag)}`, () =>
    readRevisionTag(session.api, name, tag),
  )
  return found.revision
}

export function parseRevisionNumber(text: string): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number)) {
    throw new Failure('USAGE', `invalid revision number ${JSON.stringify(text)}`)
  }
  return number
}
