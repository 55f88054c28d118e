import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { together } from './together'

function doubling() {
  const asked: number[][] = []
  const ask = together(async (numbers: readonly number[]) => {
    asked.push([...numbers])
    await nextTurn()
    if (numbers.includes(13)) throw new Error('unlucky')
    return numbers.map((number) => number * 2)
  })
  return { asked, ask }
}

describe('questions of one turn', () => {
  it('are asked together, and each gets its own answer', async () => {
    const { asked, ask } = doubling()
    expect(await Promise.all([3, 1, 2].map(ask))).toEqual([6, 2, 4])
    expect(asked).toEqual([[3, 1, 2]])
  })

  it('do not wait for those before them', async () => {
    const { asked, ask } = doubling()
    const first = ask(1)
    await nextTurn()
    expect(await Promise.all([first, ask(2)])).toEqual([2, 4])
    expect(asked).toEqual([[1], [2]])
  })

  it('fail together, and nobody after them', async () => {
    const { ask } = doubling()
    const outcomes = await Promise.allSettled([ask(1), ask(13)])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await ask(1)).toBe(2)
  })
})
