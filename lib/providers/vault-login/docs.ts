import type { ProviderDocs } from '../docs'
import { vaultCodes } from './request'

export const docs: ProviderDocs = {
  notes:
    'Works with HashiCorp Vault and with OpenBao. A parent token is never handed out, only a child of it.',
  example: `values:
  vault:
    login:
      fn::open::vault-login:
        address: https://vault.example.com
        jwt: { role: openesc }
  environmentVariables:
    VAULT_ADDR: \${vault.login.address}
    VAULT_TOKEN: \${vault.login.token}
`,
  errors: vaultCodes,
}
