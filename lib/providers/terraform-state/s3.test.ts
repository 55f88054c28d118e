import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StrictAws, startStrictAws } from '../../../tests/peers/strict-aws'
import { type ProviderBench, startProviderBench } from '../../../tests/support/providers'

let bench: ProviderBench
let aws: StrictAws

beforeAll(async () => {
  bench = await startProviderBench()
  const state = { version: 4, outputs: { password: { value: 'hunter2', type: 'string', sensitive: true } } }
  aws = await startStrictAws({
    users: [{ name: 'reader', accessKeyId: 'AKIAREADERREADER0000', secretAccessKey: 'the secret key' }],
    buckets: ['states'],
    objects: { 'states/shop/prod env+1.tfstate': JSON.stringify(state) },
  })
  bench.redirect({ 'https://s3.eu-central-1.amazonaws.com': aws.url })
})

afterAll(async () => {
  await aws.stop()
  await bench.close()
})

const definition = ({
  bucket = 'states',
  key = 'shop/prod env+1.tfstate',
  secret = 'the secret key',
} = {}) => `
values:
  tf:
    fn::open::terraform-state:
      backend:
        s3:
          login: { accessKeyId: AKIAREADERREADER0000, secretAccessKey: { fn::secret: ${secret} } }
          bucket: ${bucket}
          key: ${key}
          region: eu-central-1
`

test('a state file is read with one signed request, whatever its key', async () => {
  const opened = await bench.open(definition())
  expect(opened.errors).toEqual([])
  expect(opened.values).toEqual({ tf: { outputs: { password: 'hunter2' } } })
  expect(opened.secrets).toEqual(['tf.outputs.password'])
  expect(aws.requests).toHaveLength(1)
})

test.each([
  ['an absent bucket', { bucket: 'other' }, 'NoSuchBucket'],
  ['an absent key', { key: 'shop/absent' }, 'NoSuchKey'],
  ['a wrong secret key', { secret: 'wrong one' }, 'SignatureDoesNotMatch'],
])('%s is told by its code', async (_, parts, code) => {
  const { errors } = await bench.open(definition(parts))
  expect(errors).toHaveLength(1)
  expect(errors[0]).toContain(code)
  expect(errors[0]).not.toContain('wrong one')
})
