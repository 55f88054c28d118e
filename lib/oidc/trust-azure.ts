import { isPublicIssuer, type TrustInstructions } from './trust'

export interface AzureTrustInput {
  /** Issuer URL as in the `iss` claim. */
  issuer: string
  subject: string
  audience: string
  /** Of the app registration; a placeholder stands in when absent. */
  clientId?: string | undefined
}

/** The federated credential of an app registration. Azure compares the whole subject, without wildcards. */
export function azureTrust({ issuer, subject, audience, clientId }: AzureTrustInput): TrustInstructions {
  const name = subject.replaceAll(/[^\w-]+/g, '-').slice(-120)
  const policy = JSON.stringify({ name, issuer, subject, audiences: [audience] }, null, 2)
  return {
    policy,
    publicIssuer: isPublicIssuer(issuer),
    commands: [
      `cat > credential.json <<'EOF'\n${policy}\nEOF`,
      `az ad app federated-credential create --id ${clientId ?? 'CLIENT_ID'} --parameters credential.json`,
    ],
  }
}
