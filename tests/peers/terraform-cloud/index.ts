/** A double of HCP Terraform's API and archivist, after its published protocol. */
import { bearerOf, type Double, DoubleFault, startDouble } from '../double'

export interface TerraformCloudOptions {
  token: string
  organization: string
  workspace: string
  state: unknown
  /** What the file's address is; the service's own archivist unless given. */
  downloadUrl?: string
  /** Where the archivist sends on to, if it does. */
  sentOn?: string
}

export function startTerraformCloud(options: TerraformCloudOptions): Promise<Double> {
  const { organization, workspace, state, sentOn } = options
  const download = options.downloadUrl ?? 'https://archivist.terraform.io/v1/object/state-1'
  return startDouble((request) => {
    if (request.path === '/elsewhere') {
      // A store behind a signed address refuses credentials that are not its own.
      return request.headers.authorization === undefined ? { status: 200, body: state } : { status: 400 }
    }
    if (bearerOf(request) !== options.token)
      throw new DoubleFault({ status: 401, body: { errors: [{ status: '401' }] } })
    switch (request.path) {
      case `/api/v2/organizations/${organization}/workspaces/${workspace}`:
        return { status: 200, body: { data: { id: 'ws-1', type: 'workspaces' } } }
      case '/api/v2/workspaces/ws-1/current-state-version':
        return {
          status: 200,
          body: { data: { id: 'sv-1', attributes: { 'hosted-state-download-url': download } } },
        }
      case '/v1/object/state-1':
        return sentOn === undefined
          ? { status: 200, body: state }
          : { status: 302, headers: { location: sentOn } }
      default:
        throw new DoubleFault({ status: 404, body: { errors: [{ status: '404', title: 'not found' }] } })
    }
  })
}
