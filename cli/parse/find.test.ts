import { describe, expect, it } from 'vitest'
import { root } from '../commands/tree'
import { findCommand } from './find'

async function pathOf(...words: string[]): Promise<string> {
  const { line, words: rest } = await findCommand(root, words)
  return `${line.map((node) => node.name).join(' ')} | ${rest.join(' ')}`
}

describe('finding a command', () => {
  it.each([
    [['env', 'ls'], 'esc env ls | '],
    [['env', 'new', 'x'], 'esc env init | x'],
    [['env', '--env', 'x', 'get', 'path'], 'esc env get | --env x path'],
    [['env', 'version', 'tag', 'ls', 'x'], 'esc env version tag ls | x'],
    [['env', 'version', 'x@1'], 'esc env version | x@1'],
    [['env', 'tag', 'x', 'ls', 'v'], 'esc env tag | x ls v'],
    [['env', 'schedule', 'modify', 'x'], 'esc env schedule edit | x'],
    [['run', 'x', 'env', 'ls'], 'esc run | x env ls'],
    [['env', 'webhook', 'nonsense'], 'esc env webhook | nonsense'],
    [[], 'esc | '],
  ])('of %j', async (words, expected) => {
    expect(await pathOf(...words)).toBe(expected)
  })

  it.each([
    ['x', 'unknown command "x" for "esc"'],
    ['opne', 'unknown command "opne" for "esc"\n\nDid you mean this?\n\topen\n'],
    ['log', 'unknown command "log" for "esc"\n\nDid you mean this?\n\tlogin\n\tlogout\n'],
  ])('says what %s may have meant', async (word, message) => {
    await expect(findCommand(root, [word])).rejects.toMatchObject({ code: 'USAGE', message })
  })
})
