import type { ProviderDocs } from '../docs'
import { vaultCodes } from '../vault-login/request'

export const docs: ProviderDocs = {
  notes:
    'What the path gives is given as it is: for KV v2 the path holds `/data/`, and the value has `data` and `metadata`. Dynamic engines work; two fields of one path are read at once and belong together.',
  example: `values:
  vault:
    login:
      fn::open::vault-login:
        address: https://vault.example.com
        jwt: { role: openesc }
    secrets:
      fn::open::vault-secrets:
        login: \${vault.login}
        read:
          app: { path: secret/data/app }
          user: { path: database/creds/reader, field: username }
  password: \${vault.secrets.app.data.password}
`,
  errors: vaultCodes,
}
