/** Colours: on a terminal that can show them, and nowhere else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Machine, machine } from './harness'
import { service, variablesFor } from './service'

const environment = 'acme/shop/prod'
const start = '\u001b\\['
const colours = new RegExp(`${start}[\\d;]*m`, 'g')
/** What tells on a slow machine that the command waits: no colour. */
const waiting = new RegExp(`\r${start}K(?:. Waiting for \\S+)?`, 'g')

interface Said {
  stdout: string
  stderr: string
}

const said = ({ stdout, stderr }: Said) => (stdout + stderr).replaceAll(waiting, '')

describe('colours', () => {
  const api = service()
  const machines: Machine[] = []
  const on = (env: Record<string, string> = {}, person?: object) => {
    const made = machine({ env: { ...variablesFor(api), ...env }, ...(person && { person }) })
    machines.push(made)
    return made
  }

  beforeAll(async () => {
    const local = on()
    await local.run(['env', 'init', environment])
    await local.run(['env', 'set', environment, 'region', 'eu-west-1'])
    await local.run(['env', 'version', 'tag', `${environment}@stable`])
    await local.run(['env', 'tag', environment, 'team', 'core'])
  })
  afterAll(() => {
    for (const { remove } of machines) remove()
  })

  const commands: [string, string[]][] = [
    ['a revision', ['env', 'version', `${environment}@2`]],
    ['a tag', ['env', 'tag', 'get', environment, 'team']],
    ['a value', ['env', 'get', environment, 'region']],
    ['a difference', ['env', 'diff', `${environment}@1`]],
    ['what is wrong', ['env', 'set', environment, 'other', '${absent}']],
    ['a question', ['env', 'rm', environment]],
  ]
  it.each(commands)(
    '%s: in a pipe, with NO_COLOR and on a dumb terminal there are none',
    async (_, words) => {
      const texts = []
      for (const local of [on(), on({ NO_COLOR: '' }, {}), on({ TERM: 'dumb' }, {})]) {
        const { stdout, stderr } = await local.run(words)
        expect(stdout + stderr).not.toContain(escape)
        texts.push(stdout)
      }
      expect(new Set(texts).size).toBe(1)
    },
  )

  it.each(commands)('%s: on a terminal there are, and the words stay', async (_, words) => {
    const plain = await on().run(words)
    const seen = await on({}, {}).run(words)
    expect(said(seen)).toMatch(colours)
    const wordsOf = (ran: Said) =>
      said(ran)
        .replaceAll(colours, '')
        .replaceAll(/```\w*|[#•]|^- /gm, ' ')
        .split(/\s+/)
        .filter((word) => word !== '')
    expect(wordsOf(seen)).toEqual(wordsOf(plain))
  })
})
