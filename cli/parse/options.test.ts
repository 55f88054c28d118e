import { describe, expect, it } from 'vitest'
import { parseLine } from './options'

const specs = {
  file: { kind: 'string', short: 'f', help: '' },
  draft: { kind: 'string', implicit: 'new', help: '' },
  yes: { kind: 'boolean', short: 'y', help: '' },
  active: { kind: 'boolean', default: true, help: '' },
  count: { kind: 'integer', help: '' },
  event: { kind: 'list', help: '' },
  lifetime: { kind: 'duration', default: 7_200_000_000_000n, help: '' },
} as const

describe('options', () => {
  it.each([
    [['--file=a'], { file: 'a' }],
    [['--file', 'a'], { file: 'a' }],
    [['-f', 'a'], { file: 'a' }],
    [['-fa'], { file: 'a' }],
    [['-f=a'], { file: 'a' }],
    [['-yf', 'a'], { yes: true, file: 'a' }],
    [['--file=a=b'], { file: 'a=b' }],
    [['--file='], { file: '' }],
    [['--file', 'a', '--file', 'b'], { file: 'b' }],
    [['--yes'], { yes: true }],
    [['--active=false'], { active: false }],
    [['--count', '3'], { count: 3 }],
    [['--event', 'a', '--event=b,c'], { event: ['a', 'b,c'] }],
    [['--lifetime', '90m'], { lifetime: 5_400_000_000_000n }],
    [['--draft'], { draft: 'new' }],
    [['--draft=7'], { draft: '7' }],
    [[], { lifetime: 7_200_000_000_000n, active: true, draft: '', event: [] }],
  ])('reads %j', (words, expected) => {
    expect(parseLine(specs, words).options).toMatchObject(expected)
  })

  it('reads options before, between and after positionals', () => {
    const line = parseLine(specs, ['a', '--yes', 'b', '--file', 'c', 'd'])
    expect(line.positionals).toEqual(['a', 'b', 'd'])
    expect([...line.given]).toEqual(['yes', 'file'])
  })

  it('ends at --', () => {
    const line = parseLine(specs, ['a', '--', '--yes', '--', '-x'])
    expect(line).toMatchObject({ positionals: ['a', '--yes', '--', '-x'], dash: 1 })
    expect(line.given.size).toBe(0)
  })

  it('takes the word after an implicit option for a positional', () => {
    expect(parseLine(specs, ['--draft', 'x']).positionals).toEqual(['x'])
  })

  it.each([
    [['--nope'], 'unknown flag: --nope'],
    [['-x'], "unknown shorthand flag: 'x' in -x"],
    [['-yx'], "unknown shorthand flag: 'x' in -x"],
    [['--file'], 'flag needs an argument: --file'],
    [['-f'], "flag needs an argument: 'f' in -f"],
    [['--=x'], 'bad flag syntax: --=x'],
    [
      ['--yes=2'],
      'invalid argument "2" for "-y, --yes" flag: strconv.ParseBool: parsing "2": invalid syntax',
    ],
    [['--count=x'], 'invalid argument "x" for "--count" flag: strconv.ParseInt: parsing "x": invalid syntax'],
    [['--lifetime=5'], 'invalid argument "5" for "--lifetime" flag: time: missing unit in duration "5"'],
    [['--constructor'], 'unknown flag: --constructor'],
  ])('refuses %j', (words, message) => {
    expect(() => parseLine(specs, words)).toThrow(expect.objectContaining({ code: 'USAGE', message }))
  })

  it.each([
    [['env', '-y', 'aws', 's3', '-y', '--query', 'x'], ['env', 'aws', 's3', '-y', '--query', 'x'], true],
    [['env', '--', 'aws', '-y'], ['env', 'aws', '-y'], false],
    [
      ['-y', 'env', '-f', 'x', 'cmd', '--file', 'z', '--', 'w'],
      ['env', 'cmd', '--file', 'z', '--', 'w'],
      true,
    ],
    [['env'], ['env'], false],
  ])('leaves the words from the second positional on to a child: %j', (words, positionals, yes) => {
    const line = parseLine(specs, words, { passThroughFrom: 1 })
    expect(line).toMatchObject({ positionals, options: { yes } })
  })

  it('counts the environment named by --env as the first positional', () => {
    const withEnv = { ...specs, env: { kind: 'string', help: '' } } as const
    const line = parseLine(withEnv, ['--env', 'e', 'cmd', '-y'], { passThroughFrom: 1 })
    expect(line).toMatchObject({ positionals: ['cmd', '-y'], options: { yes: false, env: 'e' } })
  })
})
