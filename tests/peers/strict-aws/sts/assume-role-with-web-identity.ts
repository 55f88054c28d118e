import type { Account, AccountRole } from '../account'
import { type Answer, stsSuccess } from '../answers'
import { AwsFault } from '../fault'
import type { AwsRequest } from '../request'
import type { IssuerAccess } from '../token/keys'
import { type VerifiedToken, verifyToken } from '../token/verify'
import { trusts } from '../trust/evaluate'
import { checkMembers, constraints } from './constraints'
import { sessionResult, sessionSeconds } from './session'
import { checkSessionPolicies } from './session-policy'

const action = 'AssumeRoleWithWebIdentity'

/** Exchanges an identity token for a session. The request itself is unsigned: the token is the proof. */
export async function assumeRoleWithWebIdentity(
  { parameters }: AwsRequest,
  account: Account,
  access: IssuerAccess,
): Promise<Answer> {
  checkMembers(constraints[action], parameters)
  checkSessionPolicies(parameters)
  const { RoleArn = '', RoleSessionName: name = '', WebIdentityToken = '' } = parameters
  const token = await verifyToken(WebIdentityToken, account.providers, access)
  const role = trustingRole(account, RoleArn, token, name)
  const session = account.startSession(role, { name, seconds: sessionSeconds(role, parameters) })
  return stsSuccess(action, {
    SubjectFromWebIdentityToken: token.claims.sub,
    Audience: acceptedAudience(token),
    ...sessionResult(session),
    Provider: providerArn(account, token),
  })
}

/** Check 10. A missing role and a refusing one look the same from outside. */
function trustingRole(account: Account, arn: string, token: VerifiedToken, sessionName: string): AccountRole {
  const role = account.roles.find((each) => each.arn === arn)
  const keys = providerName(token)
  const allowed =
    role !== undefined &&
    trusts(role.trustPolicy, {
      action: `sts:${action}`,
      principal: { kind: 'Federated', names: [providerArn(account, token)] },
      context: {
        [`${keys}:aud`]: [acceptedAudience(token)],
        [`${keys}:sub`]: [token.claims.sub],
        'sts:RoleSessionName': [sessionName],
        'aws:FederatedProvider': [providerArn(account, token)],
      },
    })
  if (!allowed) throw new AwsFault('AccessDenied', 403, `Not authorized to perform sts:${action}`)
  return role
}

function acceptedAudience({ claims, provider }: VerifiedToken): string {
  return claims.aud.find((audience) => provider.clientIds.includes(audience)) ?? ''
}

/** The issuer without its scheme, with port and path: the prefix of its condition keys. */
function providerName({ provider }: VerifiedToken): string {
  return provider.issuer.replace(/^https?:\/\//, '')
}

function providerArn(account: Account, token: VerifiedToken): string {
  return `arn:aws:iam::${account.id}:oidc-provider/${providerName(token)}`
}
