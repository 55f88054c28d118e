import * as z from 'zod'
import type { ExternalValue } from '@/lib/language'
import {
  type CallContext,
  callService,
  type Explanation,
  type Refused,
  readAnswer,
  type ServiceCall,
  sendOnce,
} from '../service/call'
import { atEndpoint, serviceUrl } from '../service/endpoint'
import { outputsOf, provider, stateFile, stateLimits } from './state'

export interface Workspace {
  hostname?: string | undefined
  organization: string
  workspace: string
  token: string
}

const workspaceAnswer = z.object({ data: z.object({ id: z.string() }) })
const versionAnswer = z.object({
  data: z.object({ attributes: z.object({ 'hosted-state-download-url': z.url() }) }),
})

/**
 * The current state of a workspace, from its file: the listing of outputs leaves out what is sensitive.
 *
 * @throws ProviderFailure `Unauthorized`, `NotFound`
 */
export async function remoteState(
  place: Workspace,
  context: CallContext,
): Promise<Record<string, ExternalValue>> {
  const { organization, workspace } = place
  const { data: found } = await get(place, context, {
    url: apiUrl(place, ['organizations', organization, 'workspaces', workspace]),
    answer: workspaceAnswer,
  })
  const { data: version } = await get(place, context, {
    url: apiUrl(place, ['workspaces', found.id, 'current-state-version']),
    answer: versionAnswer,
  })
  const address = new URL(version.attributes['hosted-state-download-url'])
  return outputsOf(await download(place, context, address))
}

function apiUrl({ hostname = 'app.terraform.io' }: Workspace, path: string[]): URL {
  return serviceUrl(`https://${hostname}`, ['api', 'v2', ...path])
}

interface Get<T> {
  url: URL
  answer: z.ZodType<T>
  /** Without the token, for hosts that are not the service's own. */
  anonymous?: boolean
}

function request<T>(
  { token }: Workspace,
  context: CallContext,
  { url, answer, anonymous = false }: Get<T>,
): ServiceCall<T> {
  return {
    provider,
    service: 'HCP Terraform',
    url: atEndpoint(url),
    headers: anonymous ? {} : { authorization: `Bearer ${token}` },
    answer,
    explain: explainTerraform,
    secrets: [token],
    context,
    ...stateLimits,
  }
}

function get<T>(place: Workspace, context: CallContext, wanted: Get<T>): Promise<T> {
  return callService(request(place, context, wanted))
}

/** The file's host may send on once; the token goes to the service's own hosts alone (S03). */
async function download(
  place: Workspace,
  context: CallContext,
  url: URL,
): Promise<z.output<typeof stateFile>> {
  const anonymous = !isOwnHost(place, url)
  const first = request(place, context, { url, answer: stateFile, anonymous })
  const response = await sendOnce(first)
  const { location = '' } = response.headers
  const sentOn = [301, 302, 307].includes(response.status) && URL.canParse(location, url.href)
  if (!sentOn) return readAnswer(first, response)
  const next = new URL(location, url.href)
  return get(place, context, { url: next, answer: stateFile, anonymous: !isOwnHost(place, next) })
}

/** State files lie at the service itself or at its archivist. */
function isOwnHost({ hostname = 'app.terraform.io' }: Workspace, { host }: URL): boolean {
  return host === hostname || host === hostname.replace(/^app\./, 'archivist.')
}

function explainTerraform({ status }: Refused): Explanation | undefined {
  const answer = `HCP Terraform answered with status ${status}`
  if (status === 401) return { code: 'Unauthorized', answer, advice: 'Check token and hostname.' }
  if (status !== 404) return undefined
  return {
    code: 'NotFound',
    answer,
    advice:
      'Check organization and workspace, that the workspace has a state, and that the token may read it.',
  }
}
