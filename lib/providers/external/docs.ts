import type { ProviderDocs } from '../docs'

export const docs: ProviderDocs = {
  notes:
    "The adapter gets `request` as the body of a POST, with a token in `Authorization` whose audience is the address as written and whose claim `body_hash` is `sha256-` and the base64 of the body's SHA-256. It must verify both, and answer with status 200 and a JSON object within 10 s and 1 MiB.",
  example: `values:
  inventory:
    fn::open::external:
      url: https://adapter.example.com/secrets
      request: { name: database }
  password: \${inventory.response.password}
`,
  errors: {
    Refused: 'The adapter answered with another status than 200.',
  },
}
