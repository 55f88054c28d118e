import { describe, expect, it } from 'vitest'
import { checkDefinition, stringifyJson } from '@/lib/language'
import { createLanguageService } from '@/lib/language/analysis'
import { providerRegistry } from '@/lib/providers/registry'
import { awsRoleArns } from '../oidc/roles'
import { previewTree } from './model'
import { packEvaluation, unpackEvaluation, withWholeSchema } from './wire'

const base = `values:
  region: eu-central-1
  nested: { a: 1, b: [x, true] }
  hidden: { fn::secret: hunter2 }
`

const definition = `imports:
  - shop/base
values:
  region: us-east-1
  aws:
    fn::open::aws-login:
      oidc: { roleArn: 'arn:aws:iam::1:role/r', sessionName: s }
  keyId: \${aws.accessKeyId}
  both: \${region}-\${keyId}
  nothing: null
  big: 18446744073709551615
  constructor: \${nested.b[0]}
  parsed: { fn::fromJSON: '{"deep":{"er":[1,2]}}' }
  stored: { fn::secret: { ciphertext: ZXNjeAAAAAEAAAABAA== } }
  "__proto__": polluted
`

async function evaluated() {
  const { environment } = await checkDefinition({
    name: 'shop/prod',
    definition,
    organization: 'acme',
    providers: providerRegistry,
    loader: { load: async (name) => ({ name, definition: base, revision: 2 }) },
  })
  if (!environment) throw new Error('nothing was evaluated')
  return environment
}

async function sent() {
  const before = await evaluated()
  const wire = stringifyJson(packEvaluation(before))
  return { before, wire, after: unpackEvaluation(JSON.parse(wire)) }
}

describe('an evaluation that was sent to the page', () => {
  const ownNames = ['shop/prod']

  it('is previewed as if it had not been', async () => {
    const { before, after } = await sent()
    expect(previewTree({ evaluation: after, ownNames })).toEqual(
      previewTree({ evaluation: before, ownNames }),
    )
    expect(awsRoleArns(after)).toEqual(['arn:aws:iam::1:role/r'])
  })

  it('tells the editor the same', async () => {
    const { before, after } = await sent()
    const context = { providers: [], environments: [], environment: 'shop/prod' }
    const services = [before, withWholeSchema(after)].map((evaluation) =>
      createLanguageService({ ...context, evaluation }),
    )
    const text = `${definition}  new: \${\n`
    const [was, is] = services.map((service) =>
      Array.from({ length: text.length / 5 }, (_, fifth) => fifth * 5).map((at) => [
        service.hover(text, at),
        service.definitionAt(text, at),
        new Set(service.complete(text, at).map(({ label, detail }) => `${label} ${detail ?? ''}`)),
      ]),
    )
    expect(is).toEqual(was)
  })

  it('shows a number as it is written, however long', async () => {
    const { after } = await sent()
    const big = previewTree({ evaluation: after, ownNames }).find(({ name }) => name === 'big')
    expect(big).toMatchObject({ kind: 'number', text: '18446744073709551615' })
  })

  it('holds no ciphertext', async () => {
    const { wire } = await sent()
    expect(wire).toContain('us-east-1')
    expect(wire).not.toContain('ZXNjeAAAAAEAAAABAA')
  })
})
