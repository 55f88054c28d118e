import { NodeHttpHandler } from '@smithy/node-http-handler'
import { guardedAgents } from '@/lib/outgoing'
import type { AwsLogin } from './login'

/** What every AWS client is made with: the login of the definition and nothing of the server's own. */
export function awsClientSettings({ accessKeyId, secretAccessKey, sessionToken }: AwsLogin, region: string) {
  return {
    region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
    requestHandler: new NodeHttpHandler({ ...guardedAgents(), connectionTimeout: 10_000 }),
  }
}
