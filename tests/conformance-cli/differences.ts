/**
 * Where the command line or the server is deliberately not like the reference. Each entry rewrites both sides so that
 * the rest of the scenario is still compared. The same list stands in docs/cli.md.
 */
import type { Streams } from './normalise'

interface Difference {
  readonly title: string
  readonly apply: (streams: Streams) => Streams
}

export const differences: readonly Difference[] = [
  {
    title: 'esc run passes the exit status of its child on, and says nothing about it',
    apply: ({ stdout, stderr }) => ({ stdout, stderr: stderr.replace(/^Error: exit status \d+\n/gm, '') }),
  },
  {
    title: 'over HTTP an empty environment is {} and not nothing',
    apply: ({ stdout, stderr }) => ({
      stdout: stdout.replace(/^(> esc (?:env )?open .*\n)\{\}\n/gm, '$1'),
      stderr,
    }),
  },
  {
    title: 'an environment that does not exist is a 404, for which esc env provider has a text of its own',
    apply: ({ stdout, stderr }) => ({
      stdout,
      stderr: stderr.replace(
        /^Error: (?:getting environment definition: <404>|environment \S+ does not exist; pass --create .*)$/gm,
        'Error: <no such environment>',
      ),
    }),
  },
  {
    title: 'values that a shell would expand stand in single quotes',
    apply: ({ stdout, stderr }) => ({
      stdout: stdout.replace(/^((?:export )?\w+=)(.*)$/gm, unquoted),
      stderr,
    }),
  },
]

export function withoutDifferences(streams: Streams): Streams {
  return differences.reduce((current, { apply }) => apply(current), streams)
}

function unquoted(line: string, name: string, value: string): string {
  if (/^'.*'$/.test(value)) return `${name}<${value.slice(1, -1).replaceAll("'\\''", "'")}>`
  if (!/^".*"$/.test(value)) return line
  return `${name}<${value.slice(1, -1).replace(/\\(["\\])/g, '$1')}>`
}
