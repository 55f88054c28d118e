import type { TrustPolicy } from './trust/policy'

/** An OpenID Connect provider as registered in the account's IAM. */
export interface IdentityProvider {
  /** Issuer URL, compared byte for byte with the token's `iss`. */
  issuer: string
  /** Accepted audiences. */
  clientIds: string[]
}

/** A role of the account. */
export interface Role {
  name: string
  /** IAM path with both slashes, `/` unless given; part of the role's ARN, not of the session's. */
  path?: string
  /** Who may assume the role; text is parsed as JSON, as IAM would. */
  trustPolicy: TrustPolicy | string
  /** Seconds; 3600 unless given, as for a newly created role. */
  maxSessionDuration?: number
}

/** A user with a long-term access key. */
export interface User {
  name: string
  accessKeyId: string
  secretAccessKey: string
  /** Actions that the user may not use, e.g. `iam:DeleteAccessKey`. */
  denied?: string[]
}

/** A parameter of the Parameter Store, with every version of its value. */
export interface Parameter {
  name: string
  type: 'String' | 'StringList' | 'SecureString'
  /** Oldest first. */
  values: string[]
  /** Version number by label. */
  labels?: Record<string, number>
}

export interface SecretVersion {
  id: string
  stages: string[]
  text?: string
  binary?: Uint8Array
}

/** A secret of the Secrets Manager. */
export interface Secret {
  name: string
  versions: SecretVersion[]
  /** Scheduled for deletion. */
  deleted?: boolean
}

export interface StrictAwsOptions {
  /** 0 or absent takes a free port. */
  port?: number
  /** Twelve digits. */
  account?: string
  providers?: IdentityProvider[]
  roles?: Role[]
  users?: User[]
  buckets?: string[]
  /** Texts by `bucket/key`. */
  objects?: Record<string, string>
  parameters?: Parameter[]
  secrets?: Secret[]
  /** Functions by ARN: what each answers to its payload; one that throws fails as a function, not as a call. */
  functions?: Record<string, (payload: unknown) => unknown>
  /** PEM of the authority that signed an https issuer's certificate, for issuers with a test certificate. */
  issuerCa?: string
  /** AWS takes https issuers only; unless this is `refused`, http is taken too, from loopback hosts alone. */
  loopbackHttp?: 'accepted' | 'refused'
}

export type Service = 'sts' | 's3' | 'iam' | 'ssm' | 'secretsmanager' | 'lambda'

/** One request as it was answered, for assertions. */
export interface RecordedRequest {
  service: Service
  /** `AssumeRoleWithWebIdentity`, `ListBuckets`, … or the method and path where none was recognised. */
  action: string
  host: string
  parameters: Record<string, string>
  status: number
  /** The error code, absent on success. */
  code?: string
}
