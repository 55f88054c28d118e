/** Ready lines for using an environment elsewhere. Pure; every text is to be copied as it stands. */
export interface SnippetInput {
  /** Public origin of this installation. */
  url: string
  organization: string
  project: string
  name: string
  /** A revision number or tag to pin; absent = latest. */
  version?: string
}

export interface Snippets {
  install: string
  run: string
  shell: string
  value: string
  sdk: string
  github: string
  kubernetes: string
}

export function snippetsFor(input: SnippetInput): Snippets {
  const { url, organization, project, name, version } = input
  const reference = `${organization}/${project}/${name}${version ? `@${version}` : ''}`
  return {
    install: installLines(url),
    run: `esc run ${reference} -- aws s3 ls`,
    shell: `eval "$(esc open ${reference} --format shell)"`,
    value: `esc open ${reference} environmentVariables`,
    sdk: sdkProgram(input),
    github: githubSteps(url, reference),
    kubernetes: secretStore(input),
  }
}

function installLines(url: string): string {
  return `curl -fsSL ${url}/download/esc -o esc && chmod +x esc
./esc login ${url}`
}

function sdkProgram({ url, organization, project, name, version }: SnippetInput): string {
  const method = version ? 'openAndReadEnvironmentAtVersion' : 'openAndReadEnvironment'
  const names = [organization, project, name, ...(version ? [version] : [])]
  return `// npm install @pulumi/esc-sdk
// PULUMI_BACKEND_URL=${url} PULUMI_ACCESS_TOKEN=…
import { DefaultClient } from '@pulumi/esc-sdk'

const opened = await DefaultClient().${method}(${names.map((part) => `'${part}'`).join(', ')})
console.log(opened?.values)`
}

function githubSteps(url: string, reference: string): string {
  return `steps:
  - run: |
      curl -fsSL ${url}/download/esc -o esc && chmod +x esc
      ./esc run ${reference} -- ./deploy.sh
    env:
      PULUMI_BACKEND_URL: ${url}
      PULUMI_ACCESS_TOKEN: \${{ secrets.OPENESC_ACCESS_TOKEN }}`
}

function secretStore({ url, organization, project, name }: SnippetInput): string {
  return `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: ${name.toLowerCase().replace(/[^a-z0-9-]+/g, '-')}
spec:
  provider:
    pulumi:
      apiUrl: ${url}/api/esc
      organization: ${organization}
      project: ${project}
      environment: ${name}
      accessToken:
        secretRef:
          name: openesc-access-token
          key: token`
}
