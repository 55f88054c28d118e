import type { ProviderDocs } from '../docs'

export const docs: ProviderDocs = {
  notes:
    "The operator names a folder with `OPENESC_STACK_STATE_DIR`; below it lies, per organization, what Pulumi's file backend writes (`<organization>/.pulumi/stacks/<project>/<stack>.json`). Outputs whose text is encrypted there are left out. Reads are recorded in the audit log.",
  example: `values:
  stacks:
    fn::open::pulumi-stacks:
      stacks:
        network: { stack: network/prod }
  url: \${stacks.network.url}
`,
  errors: {
    NotConfigured: 'The operator can name a folder of stack state with OPENESC_STACK_STATE_DIR.',
    NotFound: 'Check the names of project and stack.',
  },
}
