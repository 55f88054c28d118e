import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aws, awsCli, cleanHome } from './aws-cli'
import { type Moto, motoProgram, startMoto } from './moto'

const absent = [motoProgram, awsCli].find((each) => each.kind === 'absent')
const reason = absent?.kind === 'absent' ? ` (${absent.reason})` : ''

describe.skipIf(absent !== undefined)(`moto_server${reason}`, () => {
  let moto: Moto
  beforeAll(async () => {
    moto = await startMoto()
  })
  afterAll(() => moto?.stop())

  it('keeps what was created until it is reset', async () => {
    const keys = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any', AWS_DEFAULT_REGION: 'us-east-1' }
    const person = cleanHome({ AWS_ENDPOINT_URL: moto.url, ...keys })
    await aws(['s3', 'mb', 's3://gamma'], person)
    expect((await aws(['s3', 'ls'], person)).stdout).toContain('gamma')
    await moto.reset()
    expect((await aws(['s3', 'ls'], person)).stdout).toBe('')
    person.remove()
  })
})
