/**
 * Identity tokens of the v2 issuer, for any one audience (providers.md §6.3). They name the organization and the
 * environment by opaque ids: a token survives a renaming, and a name that is given anew cannot be used to gain trust.
 */
import { config } from '@/lib/config'
import { database } from '@/lib/db'
import { type SignedToken, signToken } from './sign'
import { anonymousEnvironment } from './subject'

export interface IdentityRequestV2 {
  organization: string
  /** `project/name` of the environment whose text holds the call. */
  currentEnvironment: string
  /** `project/name` of the environment that was opened, or {@link anonymousEnvironment}. */
  rootEnvironment: string
  /** Login of the person, or the organization's name for machine tokens. */
  actor: string
  audience: string
}

/** Why there is no token: the code is stable, the message holds no value of the request. */
export class IdentityRefusal extends Error {
  override readonly name = 'IdentityRefusal'

  constructor(
    readonly code: 'NotEnabled' | 'NotStored',
    message: string,
  ) {
    super(message)
  }
}

/** The issuer of v2 tokens, byte for byte as in `iss`. */
export function issuerV2(): string {
  return `${config().url}/oidc/v2`
}

/** The subject of every v2 token of an environment. */
export function subjectV2({ organizationId, id }: { organizationId: string; id: string }): string {
  return `pulumi:org:${organizationId}:env:${id}`
}

/** @throws IdentityRefusal `NotEnabled` by the organization's settings, `NotStored` for unsaved text */
export async function mintIdentityTokenV2(
  request: IdentityRequestV2,
  lifetimeSeconds: number,
): Promise<SignedToken> {
  return signToken('v2', await claimsV2(request), lifetimeSeconds)
}

/**
 * What a v2 token says, without its times and id.
 *
 * @throws IdentityRefusal as {@link mintIdentityTokenV2}
 */
export async function claimsV2(request: IdentityRequestV2) {
  const organization = await database().organization.findUnique({
    where: { nameKey: request.organization.toLowerCase() },
    select: { id: true, name: true, identityTokens: true },
  })
  if (!organization?.identityTokens) {
    throw new IdentityRefusal('NotEnabled', 'the organization does not issue identity tokens to definitions')
  }
  const current = await environmentId(organization.id, request.currentEnvironment)
  if (current === undefined) throw new IdentityRefusal('NotStored', 'the environment is not stored')
  const root = await environmentId(organization.id, request.rootEnvironment)
  return {
    iss: issuerV2(),
    aud: request.audience,
    sub: subjectV2({ organizationId: organization.id, id: current }),
    ...namespaced({
      org: organization.name,
      org_id: organization.id,
      current_env: request.currentEnvironment,
      current_env_id: current,
      ...(root !== undefined && { root_env: request.rootEnvironment, root_env_id: root }),
      actor: request.actor,
    }),
  }
}

async function environmentId(organizationId: string, qualifiedName: string): Promise<string | undefined> {
  if (qualifiedName === anonymousEnvironment) return undefined
  const [project = '', name = ''] = qualifiedName.split('/')
  const found = await database().environment.findFirst({
    where: {
      organizationId,
      projectKey: project.toLowerCase(),
      nameKey: name.toLowerCase(),
      deletedAt: null,
    },
    select: { id: true },
  })
  return found?.id
}

/** Claims of our own carry our origin, so that they cannot be taken for registered ones (RFC 7519 §4.2). */
function namespaced(claims: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [`${config().url}/claims/${name}`, value]),
  )
}
