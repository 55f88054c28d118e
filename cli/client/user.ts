import { type Api, isStatus } from './api'
import { asObject, text } from './decode'

/** The organization that the backend proposes for this person; empty when it has no opinion. */
export async function defaultOrganization(api: Api): Promise<string> {
  try {
    const answer = asObject(await api.json({ path: ['user', 'organizations', 'default'] }), 'organization')
    return text(answer, 'gitHubLogin') || text(answer, 'GitHubLogin')
  } catch (error) {
    if (isStatus(error, 404)) return ''
    throw error
  }
}
