import { describe, expect, it } from 'vitest'
import { checkDefinition, stringifyJson } from '@/lib/language'
import { createLanguageService } from '@/lib/language/analysis'
import { providerRegistry } from '@/lib/providers/registry'
import { awsRoleArns } from '../oidc/roles'
import { type PreviewNode, previewTree } from './model'
import { packEvaluation, unpackEvaluation, withWholeSchema } from './wire'

const base = `values:
  region: eu-central-1
  nested: { a: 1, b: [x, true] }
  hidden: { fn::secret: hunter2 }
  among: [a, { fn::secret: hunter2 }, { deep: { fn::secret: hunter2 } }]
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

function withoutSecrets(nodes: readonly PreviewNode[] = []): unknown[] {
  return nodes.map(({ text, children, ...node }) => ({
    ...node,
    ...(node.state !== 'secret' && { text }),
    children: withoutSecrets(children),
  }))
}

describe('an evaluation that was sent to the page', () => {
  const ownNames = ['shop/prod']

  it('is previewed as if it had not been', async () => {
    const { before, after } = await sent()
    const [was, is] = [before, after].map((evaluation) => previewTree({ evaluation, ownNames }))
    expect(is).toEqual(withoutSecrets(was))
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

  it('holds no secret, typed or sealed, but tells that there is one', async () => {
    const { wire, after } = await sent()
    const tree = previewTree({ evaluation: after, ownNames })
    const secrets = tree.filter(({ state }) => state === 'secret')
    expect(secrets.map(({ name, type, text }) => [name, type, text])).toEqual([
      ['hidden', 'string', undefined],
      ['stored', 'string', undefined],
    ])
    expect(wire).not.toContain('hunter2')
    expect(wire).toContain('us-east-1')
    expect(wire).not.toContain('ZXNjeAAAAAEAAAABAA')
  })
})
