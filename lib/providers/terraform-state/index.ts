/** `fn::open::terraform-state`: the outputs of a Terraform or OpenTofu state (providers.md §3). */
import * as z from 'zod'
import { awsLogin, awsRegion } from '../aws/login'
import { defineProvider } from '../define'
import { invalidInputs } from '../parse-inputs'
import { remoteState } from './remote'
import { s3State } from './s3'
import { provider } from './state'

const name = z.string().min(1)

const s3 = z.strictObject({
  login: awsLogin.meta({ description: 'the output of aws-login' }),
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
    .meta({ description: 'name of the bucket' }),
  key: name.meta({ description: 'key of the state file' }),
  region: awsRegion,
})

const remote = z.strictObject({
  hostname: z
    .string()
    .regex(/^[a-zA-Z0-9.-]+(:\d+)?$/)
    .optional()
    .meta({ description: 'host of HCP Terraform or Terraform Enterprise; app.terraform.io when absent' }),
  organization: name.meta({ description: 'name of the organization' }),
  workspace: name.meta({ description: 'name of the workspace' }),
  token: name.meta({ description: 'an API token that may read the state', secret: true }),
})

const inputs = z.strictObject({
  backend: z
    .strictObject({
      s3: s3.optional().meta({ description: 'a state file in Amazon S3' }),
      remote: remote.optional().meta({ description: 'a workspace of HCP Terraform' }),
    })
    .meta({ description: 'where the state lies: exactly one of s3 and remote' }),
})

export const terraformState = defineProvider({
  name: provider,
  description: 'Outputs of a Terraform state, sensitive ones secret',
  inputs,
  outputs: z.object({
    outputs: z.record(z.string(), z.unknown()).meta({ description: 'the outputs by their name' }),
  }),
  async open({ backend }, context) {
    if (backend.s3 && !backend.remote) return { output: { outputs: await s3State(backend.s3, context) } }
    if (backend.remote && !backend.s3) {
      return { output: { outputs: await remoteState(backend.remote, context) } }
    }
    throw invalidInputs(provider, 'exactly one of "s3" and "remote" must be given', 'Name one backend.')
  },
})
