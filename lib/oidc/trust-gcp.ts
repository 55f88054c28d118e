import { isPublicIssuer, type TrustInstructions } from './trust'

export interface GcpTrustInput {
  /** Issuer URL as in the `iss` claim. */
  issuer: string
  subject: string
  audience: string
  /** Placeholders stand in for what is absent. */
  projectNumber?: string | undefined
  poolId?: string | undefined
  providerId?: string | undefined
  serviceAccount?: string | undefined
}

/** Characters that `google.subject` may have at most. */
export const longestGcpSubject = 127

/** The binding that lets the subject act as the service account, and what it needs: a pool with a provider. */
export function gcpTrust(input: GcpTrustInput): TrustInstructions {
  const {
    issuer,
    subject,
    audience,
    projectNumber = 'PROJECT_NUMBER',
    poolId = 'esc',
    providerId = 'esc',
  } = input
  const serviceAccount = input.serviceAccount ?? 'NAME@PROJECT.iam.gserviceaccount.com'
  const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/${poolId}`
  const member = `principal://iam.googleapis.com/${pool}/subject/${subject}`
  const binding = { role: 'roles/iam.workloadIdentityUser', members: [member] }
  const at = `--project=${projectNumber} --location=global`
  return {
    policy: JSON.stringify({ bindings: [binding] }, null, 2),
    publicIssuer: isPublicIssuer(issuer),
    commands: [
      `gcloud iam workload-identity-pools create ${poolId} ${at}`,
      `gcloud iam workload-identity-pools providers create-oidc ${providerId} ${at} --workload-identity-pool=${poolId} --issuer-uri=${issuer} --allowed-audiences=${audience} --attribute-mapping=google.subject=assertion.sub`,
      `gcloud iam service-accounts add-iam-policy-binding ${serviceAccount} --role=${binding.role} --member="${member}"`,
    ],
  }
}
