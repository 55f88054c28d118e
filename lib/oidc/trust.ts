/**
 * What the cloud must be told so that it accepts our identity tokens. Pure: the editor computes it before anything was
 * ever opened. Policies restrict subject *and* audience with exact comparison on the audience (providers.md §7).
 */
import ipaddr from 'ipaddr.js'

export interface AwsTrustInput {
  /** Issuer URL as in the `iss` claim, for example `https://esc.example.com/oidc`. */
  issuer: string
  subject: string
  audience: string
  /** Twelve digits; a placeholder stands in when absent. */
  accountId?: string | undefined
  roleName?: string | undefined
}

export interface TrustInstructions {
  /** The trust policy document, indented JSON. */
  policy: string
  /** Shell commands that register the issuer and create the role, in order. */
  commands: string[]
  /** False while the cloud could not fetch the issuer's keys: not https, or not a public name. */
  publicIssuer: boolean
}

export const placeholderAccount = '123456789012'
export const placeholderRole = 'openesc'

/** The account and role that an IAM role ARN names, or undefined when it is not one. */
export function parseRoleArn(arn: string): { accountId: string; roleName: string } | undefined {
  const match = /^arn:[\w-]+:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]+)$/.exec(arn)
  const [, accountId, roleName] = match ?? []
  return accountId && roleName ? { accountId, roleName } : undefined
}

/** Trust policy and set-up commands for `aws-login`. */
export function awsTrust(input: AwsTrustInput): TrustInstructions {
  const account = input.accountId ?? placeholderAccount
  const role = input.roleName ?? placeholderRole
  const host = withoutScheme(input.issuer)
  const policy = JSON.stringify(awsTrustPolicy(input, account), null, 2)
  return {
    policy,
    publicIssuer: isPublicIssuer(input.issuer),
    commands: [
      `aws iam create-open-id-connect-provider --url ${input.issuer} --client-id-list ${input.audience}`,
      `cat > trust-policy.json <<'EOF'\n${policy}\nEOF`,
      `aws iam create-role --role-name ${role} --assume-role-policy-document file://trust-policy.json`,
      `aws iam attach-role-policy --role-name ${role} --policy-arn arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess`,
      `aws iam get-open-id-connect-provider --open-id-connect-provider-arn arn:aws:iam::${account}:oidc-provider/${host}`,
    ],
  }
}

function awsTrustPolicy(input: AwsTrustInput, account: string) {
  const host = withoutScheme(input.issuer)
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${host}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { [`${host}:aud`]: input.audience, [`${host}:sub`]: input.subject },
        },
      },
    ],
  }
}

/** Whether a cloud on the internet can plausibly fetch the issuer's keys. */
export function isPublicIssuer(issuer: string): boolean {
  const url = new URL(issuer)
  return url.protocol === 'https:' && isPublicHost(url.hostname)
}

function isPublicHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(bare)) return ipaddr.process(bare).range() === 'unicast'
  const privateName = /(^|\.)(localhost|local|internal|lan|home|test|example|invalid)$/
  return bare.includes('.') && !privateName.test(bare)
}

function withoutScheme(issuer: string): string {
  return issuer.replace(/^https?:\/\//, '')
}
