/** What the reference (docs/providers.md) says about a provider beyond its schemas. */
import { docs as onePasswordSecrets } from './1password-secrets/docs'
import { docs as awsLogin } from './aws-login/docs'
import { docs as awsParameterStore } from './aws-parameter-store/docs'
import { docs as awsSecrets } from './aws-secrets/docs'
import { docs as azureLogin } from './azure-login/docs'
import { docs as azureSecrets } from './azure-secrets/docs'
import { docs as debugOidcClaims } from './debug-oidc-claims/docs'
import { docs as dopplerLogin } from './doppler-login/docs'
import { docs as dopplerSecrets } from './doppler-secrets/docs'
import { docs as external } from './external/docs'
import { docs as gcpLogin } from './gcp-login/docs'
import { docs as gcpSecrets } from './gcp-secrets/docs'
import { docs as ghLogin } from './gh-login/docs'
import { docs as infisicalLogin } from './infisical-login/docs'
import { docs as infisicalSecrets } from './infisical-secrets/docs'
import { docs as oidc } from './oidc/docs'
import { docs as pulumiStacks } from './pulumi-stacks/docs'
import { docs as snowflakeLogin } from './snowflake-login/docs'
import { docs as terraformState } from './terraform-state/docs'
import { docs as vaultLogin } from './vault-login/docs'
import { docs as vaultSecrets } from './vault-secrets/docs'

export interface ProviderDocs {
  /** What somebody must know who uses it, in Markdown. */
  notes?: string
  /** A whole definition; a test opens it. */
  example: string
  /** What to do, by the codes of its failures beyond the common ones. */
  errors: Readonly<Record<string, string>>
}

/** By the name of the provider. */
export const providerDocs: Readonly<Record<string, ProviderDocs>> = {
  '1password-secrets': onePasswordSecrets,
  'aws-login': awsLogin,
  'aws-parameter-store': awsParameterStore,
  'aws-secrets': awsSecrets,
  'azure-login': azureLogin,
  'azure-secrets': azureSecrets,
  'debug-oidc-claims': debugOidcClaims,
  'doppler-login': dopplerLogin,
  'doppler-secrets': dopplerSecrets,
  external: external,
  'gcp-login': gcpLogin,
  'gcp-secrets': gcpSecrets,
  'gh-login': ghLogin,
  'infisical-login': infisicalLogin,
  'infisical-secrets': infisicalSecrets,
  oidc: oidc,
  'pulumi-stacks': pulumiStacks,
  'snowflake-login': snowflakeLogin,
  'terraform-state': terraformState,
  'vault-login': vaultLogin,
  'vault-secrets': vaultSecrets,
}
