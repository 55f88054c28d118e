import { expect, it } from 'vitest'
import { consoleEditNames, consoleEditsSurvive } from '../../../tests/language/fuzz/console-edits'

it('comments, anchors, block scalars, quotes and the order of keys survive every edit of the console', async () => {
  const made = await consoleEditsSurvive({ numRuns: Number(process.env.FUZZ_RUNS ?? 600) })
  expect([...made.keys()].sort()).toEqual([...consoleEditNames].sort())
}, 120_000)
