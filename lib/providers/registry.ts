/** All providers by name. Adding one here is all that the evaluator, the API and the editor need. */
import type { Provider, ProviderRegistry } from '@/lib/language'
import { withJournal } from '@/lib/rotators/define'
import { findRotator } from '@/lib/rotators/registry'
import { onePasswordSecrets } from './1password-secrets'
import { awsLogin } from './aws-login'
import { awsParameterStore } from './aws-parameter-store'
import { awsSecrets } from './aws-secrets'
import { azureLogin } from './azure-login'
import { azureSecrets } from './azure-secrets'
import { debugOidcClaims } from './debug-oidc-claims'
import { dopplerLogin } from './doppler-login'
import { dopplerSecrets } from './doppler-secrets'
import { external } from './external'
import { gcpLogin } from './gcp-login'
import { gcpSecrets } from './gcp-secrets'
import { ghLogin } from './gh-login'
import { infisicalLogin } from './infisical-login'
import { infisicalSecrets } from './infisical-secrets'
import { oidc } from './oidc'
import { pulumiStacks } from './pulumi-stacks'
import { snowflakeLogin } from './snowflake-login'
import { terraformState } from './terraform-state'
import { vaultLogin } from './vault-login'
import { vaultSecrets } from './vault-secrets'

const registered: readonly Provider[] = [
  awsLogin,
  awsParameterStore,
  awsSecrets,
  azureLogin,
  azureSecrets,
  debugOidcClaims,
  dopplerLogin,
  dopplerSecrets,
  external,
  gcpLogin,
  gcpSecrets,
  ghLogin,
  infisicalLogin,
  infisicalSecrets,
  oidc,
  onePasswordSecrets,
  pulumiStacks,
  snowflakeLogin,
  terraformState,
  vaultLogin,
  vaultSecrets,
]

const providers: ReadonlyMap<string, Provider> = new Map(
  registered.map((provider) => [provider.name, provider]),
)

export const providerRegistry: ProviderRegistry = {
  provider: (name) => providers.get(name),
  rotator: (name) => {
    const rotator = findRotator(name)
    return rotator && withJournal(rotator, refuseToRotate)
  },
}

/** Rotations run where their steps are kept (lib/rotation); everything else only opens. */
function refuseToRotate(): never {
  throw new Error('a rotation needs a journal')
}

export function listProviders(): readonly Provider[] {
  return [...providers.values()]
}
