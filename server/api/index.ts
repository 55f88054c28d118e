/**
 * The HTTP API, compatible on the wire with Pulumi ESC (docs/compatibility.md). One file per resource; each route's
 * schemas parse the request, type the handler and make `openapi.json`.
 */
import Fastify, { type RouteOptions } from 'fastify'
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { answerJson } from './answers'
import type { Api } from './api'
import { requireTokens } from './authentication'
import { readBodiesByRoute } from './body'
import { changeGateRoutes } from './change-gates'
import { changeRequestRoutes } from './change-requests'
import { checkRoutes } from './check'
import { cliLoginRoutes } from './cli-login'
import { copyRoutes } from './copies'
import { draftRoutes } from './drafts'
import { environmentTagRoutes } from './environment-tags'
import { environmentRoutes } from './environments'
import { answerError, answerErrors } from './errors'
import { completeLegacyBodies, withoutLegacy } from './legacy-paths'
import { largestBody } from './limits'
import { openRoutes } from './open'
import { openRequestRoutes } from './open-requests'
import { describeApi } from './openapi'
import { auditRoutes } from './organizations/audit-log'
import { invitationRoutes } from './organizations/invitations'
import { issuerRoutes } from './organizations/issuers'
import { memberRoutes } from './organizations/members'
import { organizationRoutes } from './organizations/organization'
import { roleRoutes } from './organizations/roles'
import { teamRoutes } from './organizations/teams'
import { tokenRoutes } from './organizations/tokens'
import { organizationWebhookRoutes } from './organizations/webhooks'
import { requestIdOf } from './origin'
import { providerRoutes } from './providers'
import { referenceRoutes } from './reference'
import { revisionTagRoutes } from './revision-tags'
import { rotationRoutes } from './rotation'
import { secretRoutes } from './secrets'
import { serviceRoutes } from './service'
import { settingsRoutes } from './settings'
import { tokenExchangeRoutes } from './token-exchange'
import { userRoutes } from './user'
import { versionRoutes } from './versions'
import { webhookRoutes } from './webhooks'

const resources = [
  serviceRoutes,
  userRoutes,
  tokenExchangeRoutes,
  cliLoginRoutes,
  environmentRoutes,
  copyRoutes,
  settingsRoutes,
  environmentTagRoutes,
  versionRoutes,
  revisionTagRoutes,
  secretRoutes,
  checkRoutes,
  openRoutes,
  draftRoutes,
  changeGateRoutes,
  changeRequestRoutes,
  openRequestRoutes,
  rotationRoutes,
  webhookRoutes,
  providerRoutes,
  organizationRoutes,
  memberRoutes,
  invitationRoutes,
  teamRoutes,
  tokenRoutes,
  roleRoutes,
  issuerRoutes,
  auditRoutes,
  organizationWebhookRoutes,
  referenceRoutes,
]

export interface ApiOptions {
  /** Told of every route as it is declared. */
  onRoute?: (route: RouteOptions) => void
}

/**
 * A Fastify instance that is ready to answer every path for which {@link isApiPath} holds, by `routing(request,
 * response)` or by listening itself.
 */
export async function createApi({ onRoute }: ApiOptions = {}): Promise<Api> {
  const api = Fastify({
    bodyLimit: largestBody,
    routerOptions: { maxParamLength: 500 },
    exposeHeadRoutes: false,
    genReqId: requestIdOf,
    frameworkErrors: answerError,
    rewriteUrl: ({ method, url }) => withoutLegacy(method ?? '', withoutDoubledRoot(url ?? '/')),
  }).withTypeProvider<ZodTypeProvider>()
  if (onRoute) api.addHook('onRoute', onRoute)
  api.setValidatorCompiler(validatorCompiler)
  answerJson(api)
  answerErrors(api)
  requireTokens(api)
  readBodiesByRoute(api)
  completeLegacyBodies(api)
  await describeApi(api)
  for (const routes of resources) {
    await api.register(async (scope) => routes(scope.withTypeProvider<ZodTypeProvider>()))
  }
  await api.ready()
  return api
}

/** Which requests are the API's; everything else is answered by the issuer or the console. */
export function isApiPath(url: string): boolean {
  if (/^\/docs\/api(\?|$)/.test(url)) return true
  return /^\/\/?api\//.test(url) && !/^\/api\/auth(\/|$|\?)/.test(url)
}

/** A client with a trailing slash in its URL sends `//api/oauth/token` (http-api.md §3.4). */
function withoutDoubledRoot(url: string): string {
  return url.startsWith('//api/') ? url.slice(1) : url
}
