const fields: Record<string, string> = {
  accountId: 'AWS account id',
  roleName: 'Role name',
  clientId: 'Application (client) id',
  tenantId: 'Directory (tenant) id',
  subscriptionId: 'Subscription id',
  project: 'Project number',
  workloadPoolId: 'Workload identity pool',
  providerId: 'Pool provider',
  serviceAccount: 'Service account',
}

export const create = {
  asSecret: (path: string) => `${path} is a secret`,
  atLine: (line: number, problem: string) => `Line ${line}: ${problem}.`,
  chooseFile: 'Drop a file here, or choose one',
  chooseFileHint: '.env, JSON or YAML, up to 1 MiB. It is read in this browser.',
  createFour: 'Create 4 environments',
  fields,
  notPublic: {
    aws: 'AWS cannot reach this issuer',
    azure: 'Azure cannot reach this issuer',
    gcp: 'Google Cloud cannot reach this issuer',
  },
  notPublicBody: (issuer: string) =>
    `The cloud fetches the keys from ${issuer}, which is not a public https address. Set OPENESC_URL to one, or logins will be refused.`,
  prefix: 'Prefix of the names',
  prefixHint: 'Optional: web makes web-base, web-dev, web-stage and web-prod.',
  preview: 'What will be created',
  starts: {
    example: { title: 'A small example', body: 'A few values and a secret, to change in the editor' },
    aws: { title: 'AWS credentials', body: 'Short-lived, by OIDC: no key is stored' },
    azure: { title: 'Azure credentials', body: 'A federated identity: no client secret is stored' },
    gcp: { title: 'Google Cloud credentials', body: 'Workload identity: no service account key is stored' },
    stages: { title: 'A base and its stages', body: 'base with dev, stage and prod that import it' },
    file: { title: 'A file', body: '.env, JSON or YAML, with its secrets recognised' },
  },
  trust: {
    aws: 'Trust policy and set-up commands for AWS',
    azure: 'Federated credential and set-up command for Azure',
    gcp: 'Binding and set-up commands for Google Cloud',
  },
  unreadable: (name: string) => `${name} cannot be read`,
  values: (count: number, secrets: number) => `${count} values, ${secrets} of them secret`,
  valuesHint:
    'Ticked values are encrypted when the environment is created. The ticks are a guess: check them.',
  wrongField: (example: string) => `Like ${example}`,
}
