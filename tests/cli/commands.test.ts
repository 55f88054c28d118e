/** Every command on environments, in process, against the product's API. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Machine, machine, type Ran } from './harness'
import { service, variablesFor } from './service'

const backend = service()
let local: Machine
let count = 0

beforeAll(() => {
  local = machine({ env: variablesFor(backend) })
})
afterAll(() => local.remove())

/** Runs a command that must succeed silently on stderr, and gives its output. */
async function esc(...words: string[]): Promise<string> {
  const { outcome, stdout, stderr } = await local.run(words)
  expect({ words, outcome, stderr: withoutLogin(stderr) }).toEqual({
    words,
    outcome: { exitCode: 0 },
    stderr: '',
  })
  return stdout
}

/** Runs a command that must fail, and gives the message. */
async function refusal(...words: string[]): Promise<string> {
  const { outcome, stderr } = await local.run(words)
  expect({ words, outcome }).toEqual({ words, outcome: { exitCode: 1 } })
  return withoutLogin(stderr)
    .replace(/^Error: /, '')
    .trimEnd()
}

function withoutLogin(stderr: string): string {
  return stderr.replace('Logging in using access token from PULUMI_ACCESS_TOKEN\n', '')
}

/** A new environment with a definition; its full name. */
async function make(definition = ''): Promise<string> {
  const name = `acme/app/env-${++count}`
  const ran: Ran = await local.run(['env', 'init', name, '-f', '-'], definition)
  expect({ ...ran, stderr: withoutLogin(ran.stderr) }).toEqual({
    outcome: { exitCode: 0 },
    stdout: `Environment created: ${name}\n`,
    stderr: '',
  })
  return name
}

const definition = `# keep me
values:
  app: {port: 8080} # beside

  list:
    - a
    - b
  password:
    fn::secret: hunter2
  environmentVariables:
    PORT: \${app.port}
    PASSWORD: \${password}
`

describe('env init, ls, rm', () => {
  it('create, list and remove an environment', async () => {
    const name = await make()
    expect(await refusal('env', 'init', name)).toMatch(/^creating environment: \[409\] /)
    expect(await esc('env', 'ls', '-o', 'acme', '-p', 'app')).toContain(`${name}\n`)
    expect(JSON.parse(await esc('env', 'ls', '--output', 'json')).environments).toContain(name)
    const declined = await local.run(['env', 'rm', name], 'no\n')
    expect(declined.stdout).toContain(`This will permanently remove the "${name}" environment!\n`)
    expect(declined.stderr).toContain('Error: confirmation declined\n')
    const confirmed = await local.run(['env', 'rm', name], `${name}\n`)
    expect(confirmed.stdout).toContain(`Environment "${name}" has been removed!\n`)
    expect(await refusal('env', 'rm', name, '--yes')).toMatch(/^\[404\] /)
  })

  it('keep an environment whose definition was refused, and show the line', async () => {
    const { outcome, stdout, stderr } = await local.run(
      ['env', 'init', 'acme/app/refused', '-f', '-'],
      'values: {a: "${nowhere}"}\n',
    )
    expect(outcome).toEqual({ exitCode: 1 })
    expect(stdout).toBe('Environment created: acme/app/refused\n')
    expect(stderr).toContain(`Error: unknown property "nowhere"

  on app/refused line 1:
   1: values: {a: "\${nowhere}"}

Error: updating environment definition: too many errors
`)
  })

  it.each([
    [['env', 'ls', '--output', 'xml'], 'invalid --output "xml": must be "text" or "json"'],
    [['env', 'ls', 'x'], 'unknown command "x" for "esc env ls"'],
    [['env', 'init', 'a/b/c@1'], 'the init command does not accept versions'],
    [['env', 'rm'], 'no environment name specified'],
    [
      ['env', 'init', 'x', '-f', '/nowhere'],
      'reading environment definition: open /nowhere: no such file or directory',
    ],
  ])('refuse %j', async (words, message) => {
    expect(await refusal(...words)).toBe(message)
  })
})

describe('references', () => {
  it('of two parts mean a project of the default organization, or an organization', async () => {
    await esc('env', 'init', 'alice/default/solo')
    await esc('env', 'init', 'acme/default/shared')
    expect(await esc('env', 'get', 'solo')).toBe('\n')
    expect(await esc('env', 'get', 'default/solo')).toBe('\n')
    const legacy = await local.run(['env', 'get', 'acme/shared'])
    expect(legacy.stderr).toContain(
      'warning: environment reference "acme/shared" is ambiguous (resolved to acme/default/shared). Use <org>/<project>/<environment> instead.\n',
    )
    await esc('env', 'init', 'alice/acme/shared')
    expect(await refusal('env', 'get', 'acme/shared')).toBe(
      "ambiguous path provided\n\nEnvironments found at both 'alice/acme/shared' and 'acme/default/shared'.\nPlease specify the full path as <org-name>/<project-name>/<env-name>",
    )
  })

  it('can be given by --env, and then no positional stands for them', async () => {
    const name = await make(definition)
    expect(await esc('env', '--env', name, 'get', 'app.port', '--value', 'string')).toBe('8080\n')
    expect(await esc('env', 'set', '--env', name, 'app.port', '9090')).toBe('')
    expect(await esc('env', 'open', 'app.port', '--env', name)).toBe('9090\n')
  })
})

describe('env get', () => {
  it('shows value, definition and place', async () => {
    const name = await make(definition)
    const environment = name.split('/')[2]
    expect(await esc('env', 'get', name, 'app')).toBe(`# Value
\`\`\`json
{
  "port": 8080
}
\`\`\`
# Definition
\`\`\`yaml
{port: 8080} # beside

\`\`\`

# Defined at
- ${environment}:3:8

`)
    expect(await esc('env', 'get', name, 'nothing.here')).toBe('\n')
    expect(await esc('env', 'get', name, 'password', '--value', 'json')).toBe('"[secret]"\n')
    expect(await esc('env', 'get', name, 'password', '--value', 'json', '--show-secrets')).toBe('"hunter2"\n')
    expect(await esc('env', 'get', name, '--value', 'dotenv')).toBe('PASSWORD="[secret]"\nPORT="8080"\n')
    expect(await esc('env', 'get', name, '--definition', '--show-secrets')).toContain(
      '    fn::secret: hunter2\n',
    )
    expect(await esc('env', 'get', name, '--definition')).toContain('# keep me\n')
  })

  it('shows an older revision', async () => {
    const name = await make('values: {a: 1}\n')
    await esc('env', 'set', name, 'a', '2')
    expect(await esc('env', 'get', `${name}@2`, 'a', '--value', 'json')).toBe('1\n')
    expect(await esc('env', 'get', `${name}:latest`, 'a', '--value', 'json')).toBe('2\n')
  })

  it.each([
    [['--value', 'json', '--definition'], '`--value` and `--definition` flags cannot be used together'],
    [['--value', 'yaml'], 'unknown output format "yaml"'],
    [['a', '--value', 'dotenv'], "output format 'dotenv' may not be used with a property path"],
    [['a[', '--value', 'json'], 'invalid path: missing closing bracket in array index'],
  ])('refuses %j', async (words, message) => {
    expect(await refusal('env', 'get', await make(definition), ...words)).toBe(message)
  })
})

describe('env set and rm of a value', () => {
  it('change the value and not a byte beside it', async () => {
    const name = await make(definition)
    await esc('env', 'set', name, 'app.port', '9090')
    await esc('env', 'set', name, 'list[2]', 'c')
    await esc('env', 'set', name, 'added.deep', '{"x": [1, "y"]}')
    await esc('env', 'rm', name, 'list[0]')
    const raw = await fetch(`${backend.url}/api/esc/environments/${name}`, {
      headers: { Authorization: `token ${backend.token}` },
    }).then((answer) => answer.text())
    expect(raw.replace(/ciphertext: \S+/, 'ciphertext: X')).toBe(`# keep me
values:
  app: {port: 9090} # beside

  list:
    - b
    - c
  password:
    fn::secret:
      ciphertext: X
  environmentVariables:
    PORT: \${app.port}
    PASSWORD: \${password}
  added:
    deep:
      "x": [1, "y"]
`)
  })

  it('read YAML, strings, files and secrets', async () => {
    const name = await make()
    const value = async (path: string) => JSON.parse(await esc('open', name, path))
    await esc('env', 'set', name, 'number', '042')
    await esc('env', 'set', name, 'text', '042', '--string')
    await esc('env', 'set', name, 'empty', '')
    await esc('env', 'set', name, 'secret', '1234', '--secret')
    writeFileSync(join(local.directory, 'value.txt'), 'two\nlines\n')
    await esc('env', 'set', name, 'lines', '--string', '-f', 'value.txt')
    expect(await value('number')).toBe(34)
    expect(await value('text')).toBe('042')
    expect(await value('empty')).toBe('')
    expect(await value('secret')).toBe('1234')
    expect(await value('lines')).toBe('two\nlines\n')
    expect(await esc('env', 'get', name, 'secret', '--value', 'string')).toBe('[secret]\n')
  })

  it('warn of a secret that would be stored in plain text', async () => {
    const name = await make()
    const random = 'YMHdog6VkUqbVS5dAErxWeMy83r4HeBeNRdEuUFwK3M='
    expect(await refusal('env', 'set', name, 'api.token', random)).toMatch(
      /^value looks like a secret; rerun with --secret/,
    )
    expect(await esc('env', 'set', name, 'api.token', random, '--plaintext')).toBe('')
    expect(await esc('env', 'set', name, 'token', 'hello world test')).toBe('')
    expect(await esc('env', 'set', name, 'other', random)).toBe('')
  })

  it.each([
    [['a.b.c', 'x'], 'a.b: expected an array or an object'],
    [['list.x', '1'], 'list.x: key for an array must be an int'],
    [['list[7]', '1'], 'list[7]: array index out of range'],
    [['a[0]', '1'], 'a[0]: expected an array or an object'],
    [['[0]', '1'], '[0]: key for a map must be a string'],
    [['a', '[a'], "invalid value: yaml: line 1: did not find expected ',' or ']'"],
    [['', 'x'], 'path must contain at least one element'],
    [['a'], 'expected a path and a value'],
    [['-f', 'x'], 'expected a path'],
    [['.a', 'x'], 'invalid path: expected property path to start with a name or index'],
  ])('set refuses %j', async (words, message) => {
    expect(await refusal('env', 'set', await make('values: {a: 1, list: [1]}\n'), ...words)).toBe(message)
  })

  it('report findings about the new text and change nothing', async () => {
    const name = await make('values:\n  a: 1\n')
    const ran = await local.run(['env', 'set', name, 'b', '${nope}'])
    expect(ran.outcome).toEqual({ exitCode: 0 })
    expect(withoutLogin(ran.stderr)).toBe(`${name.slice(5)}:3:8: unknown property "nope"\n`)
    expect(await esc('env', 'get', name, 'b')).toBe('\n')
  })
})

describe('env edit', () => {
  const editor = (script: string) => {
    const path = join(local.directory, `editor-${++count}`)
    writeFileSync(path, `#!/bin/sh\n${script}`)
    chmodSync(path, 0o755)
    return path
  }

  it('opens the definition with the result below, and saves what stands above', async () => {
    const name = await make('values:\n  a: 1\n')
    const seen = join(local.directory, 'seen')
    const program = editor(`cp "$1" ${seen}; stat -c %a "$1" >>${seen}; sed -i 's/a: 1/a: 2/' "$1"`)
    expect(await esc('env', 'edit', name, '--editor', program)).toBe('Environment updated.\n')
    expect(await esc('open', name)).toBe('{\n  "a": 2\n}\n')
    const text = readFileSync(seen, 'utf8')
    expect(text).toMatch(/^values:\n {2}a: 1\n---\n# /)
    expect(text).toContain('{\n  "a": 1\n}\n')
    expect(text).toMatch(/\n600\n$/)
  })

  it('stops at an empty text and after errors at the end of input', async () => {
    const name = await make('values: {a: 1}\n')
    const emptied = await local.run(['env', 'edit', name, '--editor', editor(': >"$1"')])
    expect(emptied.stderr).toContain('Aborting edit due to empty definition.\n')
    const wrong = editor('echo "imports: 1" >"$1"')
    const aborted = await local.run(['env', 'edit', name, '--editor', wrong])
    expect(aborted.stderr).toContain('Press ENTER to continue editing or ^D to exit\nAborting edit.\n')
    expect(await esc('open', name, 'a')).toBe('1\n')
  })

  it('replaces the definition by a file', async () => {
    const name = await make('values: {a: 1}\n')
    const replaced = await local.run(['env', 'edit', name, '-f', '-'], 'values: {b: 2}\n')
    expect(replaced).toMatchObject({ outcome: { exitCode: 0 }, stdout: 'Environment updated.\n' })
    expect(await esc('open', name)).toBe('{\n  "b": 2\n}\n')
  })

  it('proposes a change instead with --draft', async () => {
    const name = await make('values: {a: 1}\n')
    const { stdout } = await local.run(['env', 'edit', name, '--draft', '-f', '-'], 'values: {a: 2}\n')
    const id = /^Change request created: (\S+)$/m.exec(stdout)?.[1] ?? ''
    const page = `${backend.url}/acme/esc/${name.slice(5)}?version=${id}`
    expect(stdout).toBe(
      `Change request created: ${id}\nChange request URL: ${page}\nChange request submitted\n`,
    )
    expect(await esc('env', 'set', name, 'a', '3', `--draft=${id}`)).toBe(
      `Change request updated\nChange request URL: ${page}\n`,
    )
    expect(await esc('open', name, 'a')).toBe('1\n')
    expect(await esc('open', name, 'a', `--draft=${id}`)).toBe('3\n')
  })
})

describe('open', () => {
  it.each([
    ['json', '{\n  "pi": 3.10,\n  "s": "a $b"\n}\n'],
    ['yaml', 'pi: "3.1"\ns: a $b\n'],
    ['string', '"pi"="3.1","s"="a $b"\n'],
  ])('writes %s', async (format, expected) => {
    const name = await make('values:\n  s: a $b\n  pi: 3.1\n')
    expect(await esc('open', name, '-f', format)).toBe(expected.replace('3.10', '3.1'))
  })

  it('writes variables for a shell, and leaves the files', async () => {
    const name = await make('values:\n  environmentVariables: {A: "a b", B: "$(x)"}\n  files: {F: content}\n')
    const output = await esc('open', name, '-f', 'shell')
    const path = /F="(.*)"/.exec(output)?.[1] ?? ''
    expect(output).toBe(`export A="a b"\nexport B='$(x)'\nexport F="${path}"\n`)
    expect(readFileSync(path, 'utf8')).toBe('content')
  })

  it('C04: refuses names that would run commands', async () => {
    const name = await make('values: {environmentVariables: {"A;reboot": x}}\n')
    expect(await refusal('open', name, '-f', 'shell')).toBe(
      `environment variable name "A;reboot" cannot be written in the format 'shell'`,
    )
  })
})

describe('env diff and clone', () => {
  it('show what changed', async () => {
    const name = await make('values:\n  a: 1\n')
    await esc('env', 'set', name, 'a', '2')
    expect(await esc('env', 'diff', name)).toBe('')
    expect(await esc('env', 'diff', `${name}@2`, '--format', 'json')).toBe(
      `--- ${name}@2\n+++ ${name}@latest\n@@ -1,3 +1,3 @@\n {\n-  "a": 1\n+  "a": 2\n }\n`,
    )
    expect(await esc('env', 'diff', `${name}@2`, '@3', '--path', 'a')).toContain('# Definition\n```diff\n')
  })

  it('copy an environment', async () => {
    const name = await make(definition)
    expect(await esc('env', 'clone', name, 'other/copy')).toBe(
      `Environment ${name} cloned into acme/other/copy.\n`,
    )
    expect(await esc('open', 'acme/other/copy', 'password')).toBe('"hunter2"\n')
    expect(await refusal('env', 'clone', name, 'other/copy')).toMatch(/^cloning environment: \[409\] /)
    expect(await refusal('env', 'clone', 'x', 'y')).toMatch(/without a project is not supported$/)
  })
})

describe('env version', () => {
  it('lists, tags, shows, rolls back and retracts revisions', async () => {
    const name = await make('values: {a: 1}\n')
    await esc('env', 'set', name, 'a', '2')
    expect(await esc('env', 'version', 'tag', `${name}@stable`, '@2')).toBe('')
    expect(await esc('env', 'version', `${name}@stable`, '--utc')).toMatch(
      /^stable\nRevision 2\nLast updated at \d{4}-\d\d-\d\d .* \+0000 UTC by Name of alice <alice>\n$/,
    )
    expect(await esc('env', 'version', `${name}@2`, '--utc')).toMatch(
      /^revision 2 \(tag: stable\)\nAuthor: Name of alice <alice>\n/,
    )
    expect(await esc('env', 'version', 'tag', 'ls', name, '--utc')).toMatch(/│ stable │ {8}2 │/)
    expect(await esc('env', 'version', 'rollback', `${name}@stable`)).toBe('Environment updated.\n')
    expect(await esc('open', name, 'a')).toBe('1\n')
    expect(await esc('env', 'version', 'retract', `${name}@3`, '--reason', 'wrong')).toBe('')
    const history = JSON.parse(await esc('env', 'version', 'history', name, '--output', 'json'))
    expect(history.revisions.map(({ number }: { number: number }) => number)).toEqual([4, 3, 2, 1])
    expect(history.revisions[1].retracted).toMatchObject({ reason: 'wrong', byLogin: 'alice' })
    expect(await esc('env', 'version', 'tag', 'rm', `${name}@stable`)).toBe('')
  })

  it.each([
    [['version', 'NAME'], 'please specify a version'],
    [['version', 'tag', 'NAME'], 'please specify a name for the tagged version'],
    [['version', 'tag', 'rm', 'NAME'], 'please specify a tagged version to remove'],
    [['version', 'rollback', 'NAME'], 'please specify a version'],
    [['version', 'retract', 'NAME@latest'], 'cannot retract the `latest` revision'],
    [['version', 'tag', 'NAME@x', '2x'], 'invalid revision number "2x"'],
  ])('refuses %j', async (words, message) => {
    const name = await make()
    expect(await refusal('env', ...words.map((word) => word.replace('NAME', name)))).toBe(message)
  })
})

describe('env tag and settings', () => {
  it('set, list, rename and remove tags', async () => {
    const name = await make()
    const text = (tag: string, value: string) =>
      new RegExp(`^Name: ${tag}\nValue: ${value}\nLast updated at .* by Name of alice <alice>\n$`)
    expect(await esc('env', 'tag', name, 'owner', 'me')).toMatch(text('owner', 'me'))
    expect(await esc('env', 'tag', name, 'owner', 'you')).toMatch(text('owner', 'you'))
    expect(await esc('env', 'tag', 'mv', name, 'owner', 'team')).toMatch(text('team', 'you'))
    expect(await esc('env', 'tag', 'get', name, 'team')).toMatch(text('team', 'you'))
    expect(JSON.parse(await esc('env', 'tag', 'ls', name, '--output', 'json')).tags).toMatchObject([
      { name: 'team' },
    ])
    expect(await esc('env', 'tag', 'rm', name, 'team')).toBe('Successfully deleted environment tag: team\n')
    expect(await esc('env', 'tag', 'ls', name)).toBe('')
    expect(await refusal('env', 'tag', name, '', 'x')).toBe('environment tag name cannot be empty')
    expect(await refusal('env', 'tag', name, 'x', '')).toBe('environment tag value cannot be empty')
  })

  it('protect an environment from deletion', async () => {
    const name = await make()
    expect(await esc('env', 'settings', 'get', name)).toBe('deletion-protected false\n')
    expect(await esc('env', 'settings', 'set', name, 'deletion-protected', 'true')).toBe('true\n')
    expect(await esc('env', 'settings', 'get', name, '--output', 'json')).toBe(
      '{\n  "deletion-protected": true\n}\n',
    )
    expect(await refusal('env', 'rm', name, '-y')).toBe(
      `cannot delete environment: deletion protection is enabled. Disable deletion protection with 'esc env settings set ${name} deletion-protected false' before deleting`,
    )
    expect(await refusal('env', 'settings', 'get', name, 'nope')).toBe('unknown setting name: nope')
    expect(await refusal('env', 'settings', 'set', name, 'deletion-protected', 'maybe')).toBe(
      'invalid value for deletion-protected: maybe (expected true or false)',
    )
  })
})

describe('env webhook and schedule', () => {
  it('keep webhooks', async () => {
    const name = await make()
    const created = await esc(
      'env',
      'webhook',
      'new',
      name,
      'deploy',
      '--url',
      'https://example.com/x',
      '--event',
      'environment_revision_created',
      '--secret',
      's',
    )
    const hook = /^Created webhook "([^"]+)" for /.exec(created)?.[1] ?? ''
    expect(created).toBe(
      `Created webhook "${hook}" for ${name}; use this name to reference the webhook in other commands.\n`,
    )
    expect(await esc('env', 'webhook', 'edit', name, hook, '--active=false', '--remove-secret')).toBe(
      `Updated webhook ${hook} for ${name}\n`,
    )
    expect(await esc('env', 'webhook', 'get', name, hook)).toBe(
      `Name: ${hook}\nDisplay name: deploy\nURL: https://example.com/x\nActive: false\nFormat: raw\nEvents: environment_revision_created\nEvent groups: -\nHas secret: false\n`,
    )
    expect(await esc('env', 'webhook', 'ls', name)).toContain(
      '│ deploy       │ https://example.com/x │ false  │ raw    │',
    )
    expect(await esc('env', 'webhook', 'delivery', 'ls', name, hook)).toBe('')
    expect(await esc('env', 'webhook', 'rm', name, hook)).toBe(`Removed webhook ${hook} from ${name}\n`)
  })

  it.each([
    [[''], 'webhook display name cannot be empty'],
    [['x'], '--url is required'],
    [
      ['x', '--url', 'u', '--format', 'y'],
      'invalid --format "y": must be one of raw, slack, ms_teams, pulumi_deployments',
    ],
    [['x', '--url', 'ftp://a'], '--url "ftp://a" must use http or https'],
    [['x', '--url', 'https:///a'], '--url "https:///a" is missing a host'],
    [
      ['x', '--url', 'https://a', '--format', 'slack'],
      'slack webhooks require a --url starting with https://hooks.slack.com/',
    ],
  ])('refuse the webhook %j', async (words, message) => {
    expect(await refusal('env', 'webhook', 'new', await make(), ...words)).toBe(message)
  })

  it('keep a schedule', async () => {
    const name = await make()
    const created = await esc('env', 'schedule', 'new', name, '--cron', '0 3 * * *')
    const id = /^Created schedule (\S+) for /.exec(created)?.[1] ?? ''
    expect(await refusal('env', 'schedule', 'new', name, '--cron', '0 4 * * *')).toBe(
      `environment ${name} already has a schedule (${id}); only one schedule per environment is currently supported`,
    )
    expect(await esc('env', 'schedule', 'edit', name, id, '--cron', '0 5 * * *')).toBe(
      `Updated schedule ${id} for ${name}\n`,
    )
    expect(await esc('env', 'schedule', 'get', name, id, '--utc')).toContain('Schedule: 0 5 * * *\n')
    expect(JSON.parse(await esc('env', 'schedule', 'ls', name, '--output', 'json')).schedules).toMatchObject([
      { id },
    ])
    expect(await esc('env', 'schedule', 'history', name, id)).toBe('')
    expect(await esc('env', 'schedule', 'rm', name, id, '-y')).toBe(`Removed schedule ${id} from ${name}\n`)
  })

  it.each([
    [[], 'exactly one of --cron or --once must be set'],
    [['--cron', 'x', '--once', 'y'], 'only one of --cron or --once may be set'],
    [['--once', 'tomorrow'], '--once must be an ISO 8601 / RFC 3339 timestamp: cannot parse "tomorrow"'],
    [['--once', '2001-01-01T00:00:00Z'], '--once must be a timestamp in the future'],
  ])('refuse the schedule %j', async (words, message) => {
    expect(await refusal('env', 'schedule', 'new', await make(), ...words)).toBe(message)
  })
})

describe('env provider and referrer', () => {
  it('write a provider into an environment', async () => {
    const output = await esc(
      'env',
      'provider',
      'aws-login',
      'oidc',
      'acme/app/provided',
      'arn:aws:iam::1:role/r',
      'session',
      '--create',
      '--duration',
      '1h',
    )
    expect(output).toBe('Environment created: acme/app/provided\nProvider updated.\n')
    expect(await esc('env', 'get', 'acme/app/provided', '--definition')).toBe(
      'values:\n  aws:\n    login:\n      fn::open::aws-login:\n        oidc:\n          roleArn: arn:aws:iam::1:role/r\n          sessionName: session\n          duration: 1h\n',
    )
    expect(await refusal('env', 'provider', 'aws-login', 'static', 'acme/app/absent', 'id', 'key')).toBe(
      'environment acme/app/absent does not exist; pass --create to create it, or run `esc env init acme/app/absent` first',
    )
    expect(await refusal('env', 'provider', 'aws-login', 'oidc', 'acme/app/provided', 'arn')).toBe(
      'expected role-arn and session-name',
    )
    expect(await refusal('env', 'provider', 'gcp-login', 'oidc', 'acme/app/provided', '1')).toBe(
      'required flag(s) "provider-id", "service-account", "workload-pool-id" not set',
    )
  })

  it('list who imports an environment', async () => {
    const target = await make('values: {a: 1}\n')
    const importer = await make(`imports: [${target.slice(5)}]\n`)
    expect(await esc('env', 'referrer', 'list', target)).toContain(
      `│ latest   │ environment │ ${importer.slice(5)}@2 │`,
    )
    expect(await refusal('env', 'referrer', 'ls', target, '--all', '--count', '1')).toBe(
      '--all and --count are mutually exclusive',
    )
    expect(await refusal('env', 'referrer', 'ls', target, '--count', '501')).toBe(
      '--count must be in the range [1, 500]',
    )
  })

  it('tell that an environment needs no approval', async () => {
    expect(await refusal('env', 'open-request', await make())).toMatch(/^\[400\] /)
  })
})

describe('help and completion', () => {
  it.each([
    [[]],
    [['env']],
    [['env', 'webhook', 'delivery', 'x']],
    [['env', 'get', '--help']],
    [['help', 'env', 'get']],
  ])('%j prints help', async (words) => {
    expect(await esc(...words)).toMatch(/\nUsage:\n {2}esc/)
  })

  it('proposes commands, options and environments', async () => {
    const name = await make()
    const proposals = async (...words: string[]) =>
      (await esc('__complete', '--', ...words)).split('\n').map((line) => line.split('\t')[0])
    expect(await proposals('env', 'ver')).toEqual(['version', ''])
    expect(await proposals('run', 'acme/app/')).toContain(name)
    expect(await proposals('env', 'get', name, '--sh')).toEqual(['--show-secrets', ''])
    expect(await proposals('run', name, '--', 'l')).toEqual([''])
  })

  it('proposes nothing, and complains of nothing, without a server', async () => {
    const offline = machine({ env: { PULUMI_BACKEND_URL: 'http://127.0.0.1:9', PULUMI_ACCESS_TOKEN: 'x' } })
    expect(await offline.run(['__complete', '--', 'open', ''])).toEqual({
      outcome: { exitCode: 0 },
      stdout: '',
      stderr: '',
    })
    offline.remove()
  })
})
