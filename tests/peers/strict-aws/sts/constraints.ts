import { validationError } from '../fault'

type Parameters = Record<string, string>

interface Constraint {
  /** Parameter name as sent; messages name it with a small first letter. */
  name: string
  presence: 'required' | 'optional'
  length?: [minimum: number, maximum: number]
  pattern?: RegExp
  range?: [minimum: number, maximum: number]
}

const sessionName: Constraint = {
  name: 'RoleSessionName',
  presence: 'required',
  length: [2, 64],
  pattern: /^[\w+=,.@-]*$/,
}
const common: Constraint[] = [
  { name: 'RoleArn', presence: 'required', length: [20, 2048] },
  sessionName,
  { name: 'DurationSeconds', presence: 'optional', range: [900, 43200] },
  { name: 'Policy', presence: 'optional', length: [1, 2048] },
]

/** Members of the two requests with their constraints, from the STS service model. */
export const constraints = {
  AssumeRoleWithWebIdentity: [
    ...common,
    { name: 'WebIdentityToken', presence: 'required', length: [4, 20000] },
    { name: 'ProviderId', presence: 'optional', length: [4, 2048] },
  ],
  AssumeRole: [
    ...common,
    { name: 'ExternalId', presence: 'optional', length: [2, 1224], pattern: /^[\w+=,.@:/-]*$/ },
  ],
} satisfies Record<string, Constraint[]>

/** Check 1: refuses the request with every violated constraint in one message. */
export function checkMembers(members: Constraint[], parameters: Parameters): void {
  const violations = [
    ...members.flatMap((member) => violationsOf(member, parameters)),
    ...policyArns(parameters),
  ]
  if (violations.length === 0) return
  const noun = violations.length === 1 ? 'error' : 'errors'
  throw validationError(`${violations.length} validation ${noun} detected: ${violations.join('; ')}`)
}

function violationsOf(member: Constraint, parameters: Parameters): string[] {
  const value = parameters[member.name]
  const at = member.name.charAt(0).toLowerCase() + member.name.slice(1)
  const violated = (constraint: string) =>
    `Value ${value === undefined ? 'null' : `'${shown(member, value)}'`} at '${at}' failed to satisfy constraint: Member must ${constraint}`
  if (value === undefined) return member.presence === 'required' ? [violated('not be null')] : []
  return [...lengthFaults(member, value), ...patternFaults(member, value), ...rangeFaults(member, value)].map(
    violated,
  )
}

// A token or policy is not repeated in a message that ends in logs.
function shown(member: Constraint, value: string): string {
  return member.name === 'WebIdentityToken' ? '***' : value
}

function lengthFaults({ length }: Constraint, value: string): string[] {
  if (!length) return []
  const [minimum, maximum] = length
  if (value.length < minimum) return [`have length greater than or equal to ${minimum}`]
  return value.length > maximum ? [`have length less than or equal to ${maximum}`] : []
}

function patternFaults({ pattern }: Constraint, value: string): string[] {
  if (!pattern || pattern.test(value)) return []
  return [`satisfy regular expression pattern: ${pattern.source.slice(1, -1)}`]
}

function rangeFaults({ range }: Constraint, value: string): string[] {
  if (!range) return []
  const [minimum, maximum] = range
  if (!/^\d+$/.test(value)) return ['be an integer']
  if (Number(value) < minimum) return [`have value greater than or equal to ${minimum}`]
  return Number(value) > maximum ? [`have value less than or equal to ${maximum}`] : []
}

/** The managed session policies, `PolicyArns.member.N.arn`. */
export function policyArnsOf(parameters: Parameters): string[] {
  return Object.entries(parameters)
    .filter(([name]) => /^PolicyArns\.member\.\d+\.arn$/.test(name))
    .map(([, arn]) => arn)
}

function policyArns(parameters: Parameters): string[] {
  const arns = policyArnsOf(parameters)
  const faulty = arns
    .filter((arn) => arn.length < 20 || arn.length > 2048)
    .map((arn) => `Value '${arn}' at 'policyArns' failed to satisfy constraint: Member must be an ARN`)
  if (arns.length <= 10) return faulty
  return [
    `Value '[${arns.length}]' at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10`,
    ...faulty,
  ]
}
