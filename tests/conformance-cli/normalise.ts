/**
 * What may differ between the scenarios' in-memory service and a real server, made equal on both sides: addresses,
 * temporary paths, ciphertexts, names that the server makes up, people, times, and the service's own error texts.
 */
import type { Backend, ScriptResult } from './sandbox'

export interface Streams {
  readonly stdout: string
  readonly stderr: string
}

export function normaliseExpected(streams: Streams): Streams {
  const addresses = (text: string) =>
    text
      .replaceAll('https://app.fake.pulumi.com', '<console>')
      .replaceAll('https://api.fake.pulumi.com', '<service>')
      .replace(
        /Logged in to pulumi\.com as (\S+) \(https:\/\/app\.pulumi\.com\//g,
        'Logged in to <default> as $1 (<default>/',
      )
      .replace(/\(https:\/\/app\.fake\.pulumi\.com\//g, '(<console>/')
      .replaceAll('https://api.pulumi.com', '<default>')
      .replace(/\btemp\/(esc-)?temp-\d+/g, '<tmp>')
      .replaceAll('00000000-0000-0000-0000-000000000000', '<id>')
      .replaceAll('test-request-id-12345', '<id>')
      .replace(/\bdlv-hook-\d+-\d+/g, '<id>')
      .replace(/\bevt-\d+/g, '<id>')
  return { stdout: common(addresses(streams.stdout)), stderr: common(addresses(streams.stderr)) }
}

export function normaliseActual(result: ScriptResult, backend: Backend): Streams {
  const addresses = (text: string) =>
    named(text, result.names)
      .replaceAll('http://app.fake.pulumi.com', '<console>')
      .replace(
        /Logged in to pulumi\.com as (\S+) \(http:\/\/localhost:\d+\//g,
        'Logged in to <default> as $1 (<default>/',
      )
      .replaceAll(`(${backend.url}/`, '(<console>/')
      .replaceAll(backend.url, '<service>')
      .replaceAll(backend.defaultUrl, '<default>')
      .replaceAll(new RegExp(`${result.temporary}/esc-\\w+/\\S*?(?=[,"\\s]|$)`, 'gm'), '<tmp>')
      .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<id>')
  return {
    stdout: common(addresses(result.stdout)),
    stderr: common(addresses(result.stderr)).replaceAll(
      'Logging in using access token from PULUMI_ACCESS_TOKEN\n',
      '',
    ),
  }
}

/** The scenario's own name for what the server named; a change request has no name but its id. */
function named(text: string, names: ReadonlyMap<string, string>): string {
  let result = text
  for (const [actual, assumed] of names) {
    // commands that were printed keep the scenario's word; outputs show the id
    if (assumed !== 'EXAMPLE') result = result.replaceAll(actual, assumed)
  }
  return result
}

const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [-+]\d{4} \w+`
const rfc3339 = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)`

function common(text: string): string {
  return (
    text
      .replace(/\?version=(EXAMPLE|<id>)/g, '?version=<id>')
      .replace(/(ciphertext: )\S+/g, '$1<ciphertext>')
      .replace(new RegExp(`${time}|${rfc3339}|\\bnever\\b`, 'g'), '<time>')
      .replace(
        /^(Author: |Last updated at <time> by |\s*Retracted by )(<unknown>|.+? <[^>\n]+>)/gm,
        '$1<person>',
      )
      .replace(/^(\s*Retracted by <person> at <time> and replaced with revision )\d+/gm, '$1<n>')
      .replace(/<unknown>/g, '<person>')
      .replace(/^Error: environment "[^"]+" was not found$/gm, 'Error: not found')
      .replace(/^(Error: finding ".*" on path: ).*$/gm, '$1<reason>')
      .replace(/^│.*│$/gm, cells)
      .replace(/^[┌├└].*[┐┤┘]$/gm, '<rule>')
      .replace(/^(Duration \(ms\): |\|.*\|ping\|<time>\|\d+\|)\d+/gm, '$1<n>')
      // every revision list of a real server names `latest`, the scenarios' service mostly forgets it
      .replace(/^(revision \d+) \((?:tags?: )([^)]*)\)$/gm, withoutLatest)
      .replace(
        /^(Error: (?:.*: )?)(?:not found|environment not found|source env not found|tag not found|\[404\].*)$/gm,
        '$1<404>',
      )
      .replace(/^(Error: (?:.*: )?)(?:already exists|etag mismatch|\[409\].*)$/gm, '$1<409>')
  )
}

function cells(line: string): string {
  return line
    .split('│')
    .map((cell) => cell.trim().replace(/^.+ <[^>]+>$|^<unknown>$/, '<person>'))
    .join('|')
}

function withoutLatest(_line: string, revision: string, tags: string): string {
  const rest = tags.split(', ').filter((tag) => tag !== 'latest')
  if (rest.length === 0) return revision
  return `${revision} (${rest.length === 1 ? 'tag' : 'tags'}: ${rest.join(', ')})`
}
