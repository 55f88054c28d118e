import type { ProviderDocs } from '../docs'
import { gitHubErrors } from './installation'

export const docs: ProviderDocs = {
  notes:
    "The private key of the app is the credential; there is no OpenID Connect. Tested against GitHub's published protocol, not against GitHub.",
  example: `values:
  github:
    login:
      fn::open::gh-login:
        appId: 42
        privateKey: { fn::secret: the private key of the app }
        owner: acme
        repositories: [web]
        permissions: { contents: read }
  environmentVariables:
    GITHUB_TOKEN: \${github.login.accessToken}
`,
  errors: gitHubErrors,
}
