import type { Account, AccountRole, Credentials } from '../account'
import { type Answer, stsSuccess } from '../answers'
import { AwsFault, validationError } from '../fault'
import type { AwsRequest } from '../request'
import { authenticate } from '../sigv4/authenticate'
import { trusts } from '../trust/evaluate'
import { checkMembers, constraints } from './constraints'
import { sessionResult, sessionSeconds } from './session'
import { checkSessionPolicies } from './session-policy'

const chainedMaximumSeconds = 3600

/** One role or user assumes a role: a signed call. */
export function assumeRole(request: AwsRequest, account: Account): Answer {
  const caller = authenticate(request, account, 'sts')
  const { parameters } = request
  checkMembers(constraints.AssumeRole, parameters)
  checkSessionPolicies(parameters)
  const { RoleArn = '', RoleSessionName: name = '' } = parameters
  const role = trustingRole(account, RoleArn, caller, parameters)
  const seconds = sessionSeconds(role, parameters)
  if (caller.session && seconds > chainedMaximumSeconds) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    )
  }
  return stsSuccess('AssumeRole', sessionResult(account.startSession(role, { name, seconds })))
}

function trustingRole(
  account: Account,
  arn: string,
  caller: Credentials,
  parameters: Record<string, string>,
): AccountRole {
  const role = account.roles.find((each) => each.arn === arn)
  const { ExternalId, RoleSessionName = '' } = parameters
  const allowed =
    role !== undefined &&
    trusts(role.trustPolicy, {
      action: 'sts:AssumeRole',
      principal: { kind: 'AWS', names: principalNames(account, caller) },
      context: {
        'sts:RoleSessionName': [RoleSessionName],
        ...(ExternalId === undefined ? {} : { 'sts:ExternalId': [ExternalId] }),
      },
    })
  if (allowed) return role
  throw new AwsFault(
    'AccessDenied',
    403,
    `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
  )
}

/** A policy may name the account, the user, the session, or the role behind the session. */
function principalNames(account: Account, caller: Credentials): string[] {
  const roleName = /:assumed-role\/([^/]+)\//.exec(caller.arn)?.[1]
  const role = account.roles.find((each) => each.name === roleName)
  return [account.id, `arn:aws:iam::${account.id}:root`, caller.arn, ...(role ? [role.arn] : [])]
}
