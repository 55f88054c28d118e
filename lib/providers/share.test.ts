import { expect, test } from 'vitest'
import { shareReads } from './share'

test('identical reads of one evaluation happen once, others do not', async () => {
  const share = shareReads<number>()
  const [first, second] = [{ evaluation: {} }, { evaluation: {} }]
  let reads = 0
  const read = async () => ++reads
  expect(await Promise.all([share(first, ['a', 1], read), share(first, ['a', 1], read)])).toEqual([1, 1])
  expect(await share(first, ['a', 1], read)).toBe(1)
  expect(await share(first, ['a', '1'], read)).toBe(2)
  expect(await share(first, ['a,1'], read)).toBe(3)
  expect(await share(second, ['a', 1], read)).toBe(4)
})

test('a failure is shared within the evaluation and asked anew in the next', async () => {
  const share = shareReads<number>()
  const evaluation = {}
  let reads = 0
  const fail = async () => {
    reads++
    throw new Error('refused')
  }
  await expect(share({ evaluation }, [], fail)).rejects.toThrow('refused')
  await expect(share({ evaluation }, [], fail)).rejects.toThrow('refused')
  expect(reads).toBe(1)
  expect(await share({ evaluation: {} }, [], async () => 7)).toBe(7)
})
