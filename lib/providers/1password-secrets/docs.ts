import type { ProviderDocs } from '../docs'

export const docs: ProviderDocs = {
  notes:
    "Values come from a 1Password Connect server. Service accounts are not supported: they work only through 1Password's own WebAssembly client, which calls an address that the token names, past the guard of this server. `?attribute=otp` gives the one-time code.",
  example: `values:
  onepassword:
    fn::open::1password-secrets:
      login:
        connect:
          host: https://connect.example.com
          token: { fn::secret: the token of the Connect server }
      get:
        password: { ref: op://Shop/database/password }
`,
  errors: {
    NotSupported: 'Service accounts cannot be used: run a Connect server.',
    NotFound: 'Check the reference, and that the token may read the vault.',
    Ambiguous: 'Several vaults or items have this name: use the id.',
    Unauthorized: 'Check the token of the Connect server.',
    Forbidden: 'The token may not read this vault.',
  },
}
