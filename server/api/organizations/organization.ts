/** An organization itself (http-api.md §11.1). */
import * as z from 'zod'
import { changeSettings, type OrganizationSettings, readSettings } from '@/lib/organizations/settings'
import { type Api, actorOf } from '../api'
import { organizationParams, refusals, text } from '../shapes'
import { organizationPath } from './shapes'

const levels = z.enum(['none', 'read', 'open', 'write'])

const summaryShape = z.object({ githubLogin: z.string(), name: z.string(), avatarUrl: z.string() })

const metadataShape = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['individual', 'shared']),
    created: z.string(),
    memberCount: z.number().int(),
    environmentCount: z.number().int(),
    defaultEnvironmentPermission: levels,
    maxAccessTokenExpiryDays: z.number().int().optional(),
    environmentOidcTokensEnabled: z
      .boolean()
      .meta({ description: 'whether fn::open::oidc issues identity tokens' }),
    features: z.record(z.string(), z.boolean()),
  })
  .meta({ id: 'OrganizationMetadata' })

/** There is one edition: what is there is on. */
const features = {
  environmentsEnabled: true,
  environmentRevisionTagsEnabled: true,
  environmentSecretRotationEnabled: false,
  environmentsRestoreEnabled: true,
  approvalsEnabled: false,
  auditLogsEnabled: true,
  webhooksEnabled: false,
  customRolesEnabled: true,
  teamsEnabled: true,
  machineTokensEnabled: true,
  samlSsoEnabled: false,
  scimEnabled: false,
}

export function organizationRoutes(api: Api): void {
  api.get(
    organizationPath,
    {
      schema: {
        summary: 'The organization',
        params: organizationParams,
        response: { 200: summaryShape, ...refusals },
      },
    },
    async (request) => {
      const { name, displayName } = await readSettings(actorOf(request), request.params)
      return { githubLogin: name, name: displayName || name, avatarUrl: '' }
    },
  )
  api.get(
    `${organizationPath}/metadata`,
    {
      schema: {
        summary: 'Settings and counts',
        params: organizationParams,
        response: { 200: metadataShape, ...refusals },
      },
    },
    async (request) => wireMetadata(await readSettings(actorOf(request), request.params)),
  )
  api.patch(
    organizationPath,
    {
      schema: {
        summary: 'Change settings',
        params: organizationParams,
        body: z.object({
          setDisplayName: text.optional(),
          setDefaultEnvironmentPermission: levels.optional(),
          setMaxAccessTokenExpiryDays: z
            .number()
            .int()
            .nullish()
            .meta({ description: '0 or null = any lifetime' }),
          setEnvironmentOidcTokensEnabled: z.boolean().optional(),
        }),
        response: { 200: metadataShape, ...refusals },
      },
    },
    async (request) => {
      const {
        setDisplayName,
        setDefaultEnvironmentPermission,
        setMaxAccessTokenExpiryDays: days,
        setEnvironmentOidcTokensEnabled: identityTokens,
      } = request.body
      const changed = await changeSettings(actorOf(request), {
        ...request.params,
        ...(setDisplayName !== undefined && { displayName: setDisplayName }),
        ...(setDefaultEnvironmentPermission && { defaultPermission: setDefaultEnvironmentPermission }),
        ...(days !== undefined && { maxTokenLifetimeDays: days || null }),
        ...(identityTokens !== undefined && { identityTokens }),
      })
      return wireMetadata(changed)
    },
  )
}

function wireMetadata(settings: OrganizationSettings): z.output<typeof metadataShape> {
  const { id, name, kind, createdAt, memberCount, environmentCount, maxTokenLifetimeDays } = settings
  return {
    id,
    name,
    kind,
    created: createdAt,
    memberCount,
    environmentCount,
    defaultEnvironmentPermission: settings.defaultPermission,
    environmentOidcTokensEnabled: settings.identityTokens,
    ...(maxTokenLifetimeDays !== undefined && { maxAccessTokenExpiryDays: maxTokenLifetimeDays }),
    features,
  }
}
