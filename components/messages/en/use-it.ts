export const useIt = {
  button: 'Use it',
  cli: 'Command line',
  copy: (what: string) => `Copy ${what}`,
  description: 'Hand the values of this environment to a command, a program or a pipeline.',
  github: 'GitHub Actions',
  githubNote:
    'The organization must trust the issuer of the pipeline; an access token in a secret works too.',
  install: 'Get the command line',
  kubernetes: 'Kubernetes',
  kubernetesNote: 'With the External Secrets Operator; the token lies in a Secret of the cluster.',
  pin: 'Version',
  run: 'Run a command with the environment',
  sdk: 'TypeScript SDK',
  shell: 'Load it into a shell',
  title: 'Use this environment',
  value: 'Read one value',
  versionLatest: 'latest',
}
