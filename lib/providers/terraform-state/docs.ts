import { s3Advice } from '../aws/explain-s3'
import type { ProviderDocs } from '../docs'

export const docs: ProviderDocs = {
  notes:
    'Reads the state file, of format version 4, as Terraform and OpenTofu write it. Outputs that are sensitive there are secret here.',
  example: `values:
  network:
    fn::open::terraform-state:
      backend:
        remote:
          organization: acme
          workspace: network
          token: { fn::secret: a token that may read the state }
  subnet: \${network.outputs.subnets[0]}
`,
  errors: {
    Unauthorized: 'Check token and hostname.',
    NotFound:
      'Check organization and workspace, that the workspace has a state, and that the token may read it.',
    ...s3Advice,
  },
}
