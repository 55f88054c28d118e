/** `fn::open::doppler-secrets`: secrets of one config of a Doppler project (providers.md §3). */
import * as z from 'zod'
import { defineProvider } from '../define'
import { dopplerLoginOutputs } from '../doppler-login'
import { dopplerOrigin, explainDoppler } from '../doppler-login/explain'
import { reads } from '../schema'
import { type CallContext, callService } from '../service/call'
import { serviceUrl } from '../service/endpoint'
import { readEach } from '../service/read-each'

const provider = 'doppler-secrets'
const name = z.string().min(1)

const inputs = z.strictObject({
  login: dopplerLoginOutputs.meta({ description: 'the output of doppler-login' }),
  project: name.meta({ description: 'slug of the project' }),
  config: name.meta({ description: 'name of the config, for example prd' }),
  get: reads(z.strictObject({ name: name.meta({ description: 'name of the secret' }) })).meta({
    description: 'what to read, by its name in the output',
  }),
})

type Place = Pick<z.output<typeof inputs>, 'login' | 'project' | 'config'>

export const dopplerSecrets = defineProvider({
  name: provider,
  description: 'Secrets of a Doppler config',
  inputs,
  outputs: z.record(z.string(), z.string().meta({ secret: true })),
  async open({ get, ...place }, context) {
    const output = await readEach(get, (wanted, key) => readSecret(place, { ...wanted, key }, context))
    return { output }
  },
})

const answer = z.object({ value: z.object({ computed: z.string() }) })

async function readSecret(
  { login, project, config }: Place,
  wanted: { name: string; key: string },
  context: CallContext,
): Promise<string> {
  const path = ['v3', 'configs', 'config', 'secret']
  const { value } = await callService({
    provider,
    service: 'Doppler',
    url: serviceUrl(dopplerOrigin, path, { project, config, name: wanted.name }),
    headers: { authorization: `Bearer ${login.accessToken}` },
    answer,
    explain: (refused) => {
      const advice = 'Check project, config and name, and that the service account may read the config.'
      const explained = explainDoppler(refused, advice)
      return explained && { ...explained, answer: `Doppler refused "get.${wanted.key}"` }
    },
    secrets: [login.accessToken],
    context,
  })
  return value.computed
}
