/** What a new environment starts with, by the name in the URL that creating it leads to. */
export const templateNames = ['blank', 'aws-login', 'imports'] as const

export type TemplateName = (typeof templateNames)[number]

const blank = `values:
  app:
    name: my-app
    greeting: Hello from \${app.name}
    password:
      fn::secret: change-me
  environmentVariables:
    GREETING: \${app.greeting}
    PASSWORD: \${app.password}
`

const awsLogin = `values:
  aws:
    login:
      fn::open::aws-login:
        oidc:
          duration: 1h
          # The role must trust this environment: see Identity, at the top right.
          roleArn: arn:aws:iam::123456789012:role/openesc
          sessionName: openesc
  environmentVariables:
    AWS_ACCESS_KEY_ID: \${aws.login.accessKeyId}
    AWS_SECRET_ACCESS_KEY: \${aws.login.secretAccessKey}
    AWS_SESSION_TOKEN: \${aws.login.sessionToken}
`

const imports = `# Values of the environments imported here are merged in their order; later ones win.
imports: []
values:
  environmentVariables:
    STAGE: dev
`

const texts: Record<TemplateName, string> = { blank, 'aws-login': awsLogin, imports }

/** @param name as it stands in a URL; anything else than a template's name is the blank one */
export function templateText(name: string | undefined): string {
  const known = templateNames.find((candidate) => candidate === name)
  return texts[known ?? 'blank']
}
