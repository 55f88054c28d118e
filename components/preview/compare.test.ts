import { expect, it } from 'vitest'
import { checkDefinition } from '@/lib/language'
import { compareEvaluations } from './compare'

async function side(definition: string) {
  const { environment } = await checkDefinition({
    name: 'shop/prod',
    definition,
    providers: { provider: () => undefined, rotator: () => undefined },
  })
  return { evaluation: environment, ownNames: ['shop/prod'] }
}

async function compare(before: string, after: string) {
  return compareEvaluations(await side(before), await side(after))
}

const sealed = (letter: string) => `{ ciphertext: ${Buffer.from(`escx ${letter}`).toString('base64')} }`

const revision = ({ password = 'A', region = 'eu-west-1', extra = '' }) => `values:
  region: ${region}
  password:
    fn::secret: ${sealed(password)}
  url: postgres://app:\${password}@\${region}
  note: stays
${extra}`

it('lists plain values with both texts, and what is derived from them', async () => {
  expect(await compare(revision({}), revision({ region: 'us-east-1' }))).toMatchObject([
    { path: 'region', change: 'changed', before: { text: 'eu-west-1' }, after: { text: 'us-east-1' } },
    { path: 'url', change: 'changed' },
  ])
})

it('tells that a secret and what is made of it changed, never how', async () => {
  const compared = await compare(revision({}), revision({ password: 'B' }))
  expect(compared.map(({ path, change }) => [path, change])).toEqual([
    ['password', 'changed'],
    ['url', 'changed'],
  ])
  expect(compared.flatMap(({ before, after }) => [before?.text, after?.text])).toEqual(
    Array(4).fill(undefined),
  )
})

it('says nothing of moved lines, comments and layout', async () => {
  expect(await compare(revision({}), `# a comment\n\n${revision({})}`)).toEqual([])
})

it('lists what came and went', async () => {
  expect(
    await compare(revision({ extra: '  old: 1\n' }), revision({ extra: '  new: [1, two]\n' })),
  ).toMatchObject([
    { path: 'new[0]', change: 'added', after: { text: '1' } },
    { path: 'new[1]', change: 'added' },
    { path: 'old', change: 'removed', before: { text: '1' } },
  ])
})

it('survives references in a circle and doubling chains', async () => {
  const chain = Array.from({ length: 40 }, (_, n) => `  v${n + 1}: \${v${n}}\${v${n}}\n`).join('')
  const text = (letter: string) =>
    `values:\n  a: \${b}\n  b: \${a}\n  v0:\n    fn::secret: ${sealed(letter)}\n${chain}`
  const compared = await compare(text('A'), text('B'))
  expect(compared.map(({ path }) => path)).toContain('v40')
})
