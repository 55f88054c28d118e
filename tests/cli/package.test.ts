/** The command line as a package and as one file, without anything of the project around it. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { program } from './program'

const esc = program()

describe('the bundle', () => {
  it('packs, installs and runs without the network', () => {
    const npm = (...words: string[]) =>
      execFileSync('npm', words, { cwd: esc.directory, stdio: ['ignore', 'pipe', 'ignore'] }).toString()
    const [packed] = JSON.parse(npm('pack', '--json'))
    expect(packed.files.map(({ path }: { path: string }) => path).sort()).toEqual([
      'LICENSE',
      'esc.cjs',
      'package.json',
    ])
    const place = join(esc.directory, 'elsewhere')
    mkdirSync(place)
    npm('install', '--offline', '--prefix', place, join(esc.directory, packed.filename))
    const installed = join(place, 'node_modules', '.bin', 'esc')
    expect(execFileSync(installed, ['version']).toString()).toBe(`v${packed.version}\n`)
  })

  it('needs nothing but node', () => {
    const text = readFileSync(esc.path, 'utf8')
    // Chunks are in the file as strings, under their names.
    const required = [...text.replaceAll('\\"', '"').matchAll(/require\("([^"]+)"\)/g)]
    const names = new Set(required.map(([, name = '']) => name))
    expect(names).toContain('node:http')
    const isChunk = (name: string) => text.includes(`"${name}":"`)
    expect([...names].filter((name) => !isBuiltin(name) && !isChunk(name))).toEqual([])
  })

  it('holds nothing that only scenarios need', () => {
    const text = readFileSync(esc.path, 'utf8')
    for (const word of ['fake.pulumi.com', 'EXAMPLE', 'hook-1', 'parent esc'])
      expect(text).not.toContain(word)
  })

  it.each([
    [['version'], 0],
    [['nonsense'], 1],
    [['env', 'ls', 'x'], 1],
  ])('ends %j with %d', async (words, code) => {
    expect(await esc.start(words, {}).ended).toMatchObject({ code })
  })

  it('survives a reader that goes away', () => {
    const output = execFileSync('bash', [
      '-c',
      `"${process.execPath}" "${esc.path}" | head -c 5; echo "\${PIPESTATUS[0]}"`,
    ])
    expect(output.toString()).toBe('Pulum0\n')
  })
})
