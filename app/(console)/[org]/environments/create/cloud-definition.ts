/** Definitions that log in to a cloud by OIDC, filled in. */
import { setData } from '@/lib/language/edit'
import type { Cloud, CloudFields } from './draft'

export interface CloudField {
  name: string
  /** Where it stands in the provider's inputs. */
  path: readonly string[]
  pattern: RegExp
  example: string
  initial?: string
  number?: true
}

const guid = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i
const exampleGuid = '11111111-2222-3333-4444-555555555555'

export const cloudFields: Record<Cloud, readonly CloudField[]> = {
  aws: [
    { name: 'accountId', path: [], pattern: /^\d{12}$/, example: '123456789012' },
    { name: 'roleName', path: [], pattern: /^[\w+=,.@-]{1,64}$/, example: 'openesc', initial: 'openesc' },
  ],
  azure: [
    { name: 'clientId', path: ['clientId'], pattern: guid, example: exampleGuid },
    { name: 'tenantId', path: ['tenantId'], pattern: guid, example: exampleGuid },
    { name: 'subscriptionId', path: ['subscriptionId'], pattern: guid, example: exampleGuid },
  ],
  gcp: [
    { name: 'project', path: ['project'], pattern: /^\d{6,19}$/, example: '123456789012', number: true },
    {
      name: 'workloadPoolId',
      path: ['oidc', 'workloadPoolId'],
      pattern: /^[a-z][a-z\d-]{2,30}[a-z\d]$/,
      example: 'openesc',
      initial: 'openesc',
    },
    {
      name: 'providerId',
      path: ['oidc', 'providerId'],
      pattern: /^[a-z][a-z\d-]{2,30}[a-z\d]$/,
      example: 'openesc',
      initial: 'openesc',
    },
    {
      name: 'serviceAccount',
      path: ['oidc', 'serviceAccount'],
      pattern: /^[^\s@]+@[^\s@]+\.gserviceaccount\.com$/,
      example: 'deploy@my-project.iam.gserviceaccount.com',
    },
  ],
}

const skeletons: Record<Cloud, string> = {
  aws: `values:
  aws:
    login:
      fn::open::aws-login:
        oidc:
          duration: 1h
          roleArn: role
          sessionName: openesc
  environmentVariables:
    AWS_ACCESS_KEY_ID: \${aws.login.accessKeyId}
    AWS_SECRET_ACCESS_KEY: \${aws.login.secretAccessKey}
    AWS_SESSION_TOKEN: \${aws.login.sessionToken}
`,
  azure: `values:
  azure:
    login:
      fn::open::azure-login:
        clientId: id
        tenantId: id
        subscriptionId: id
        oidc: true
  environmentVariables:
    ARM_USE_OIDC: 'true'
    ARM_CLIENT_ID: \${azure.login.clientId}
    ARM_TENANT_ID: \${azure.login.tenantId}
    ARM_SUBSCRIPTION_ID: \${azure.login.subscriptionId}
    ARM_OIDC_TOKEN: \${azure.login.oidc.token}
`,
  gcp: `values:
  gcp:
    login:
      fn::open::gcp-login:
        project: 0
        oidc:
          workloadPoolId: pool
          providerId: provider
          serviceAccount: account
  environmentVariables:
    GOOGLE_CLOUD_PROJECT: \${gcp.login.project}
    GOOGLE_OAUTH_ACCESS_TOKEN: \${gcp.login.accessToken}
    CLOUDSDK_AUTH_ACCESS_TOKEN: \${gcp.login.accessToken}
`,
}

export function fieldValue({ name, initial = '' }: CloudField, fields: CloudFields): string {
  return fields[name] ?? initial
}

export function isValid(field: CloudField, fields: CloudFields): boolean {
  return field.pattern.test(fieldValue(field, fields))
}

/** @returns undefined while a field is missing or wrong */
export function cloudDefinition(cloud: Cloud, fields: CloudFields): string | undefined {
  if (!cloudFields[cloud].every((field) => isValid(field, fields))) return undefined
  const values = Object.fromEntries(
    cloudFields[cloud].map((field) => [field.name, fieldValue(field, fields)]),
  )
  const inputs = ['values', cloud, 'login', `fn::open::${cloud}-login`]
  const settings: [path: readonly string[], value: string | number][] =
    cloud === 'aws'
      ? [[['oidc', 'roleArn'], `arn:aws:iam::${values.accountId}:role/${values.roleName}`]]
      : cloudFields[cloud].map(({ name, path, number }) => {
          const value = values[name] ?? ''
          return [path, number ? Number(value) : value]
        })
  return settings.reduce<string | undefined>((text, [path, value]) => {
    const result = text === undefined ? undefined : setData(text, [...inputs, ...path], value)
    return result?.ok ? result.text : undefined
  }, skeletons[cloud])
}
