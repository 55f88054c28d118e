/** The executables of a sandbox. */
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Backend, Programs } from './sandbox'
import type { Scenario } from './scenario'

export interface ProgramFiles {
  readonly scenario: Scenario
  readonly backend: Backend
  readonly programs: Programs
  /** The sandbox. */
  readonly root: string
}

export function writePrograms(bin: string, { scenario, backend, programs, root }: ProgramFiles): void {
  const name = scenario.parent ?? 'esc'
  const bundle = join(root, basename(scenario.parent ? programs.embedded : programs.esc))
  writeFileSync(
    bundle,
    withDefaultBackend(readFileSync(scenario.parent ? programs.embedded : programs.esc, 'utf8'), backend),
  )
  writeProgram(join(bin, name), wrapper({ name, bundle, names: join(root, 'names') }))
  for (const [command, script] of Object.entries(scenario.commands)) {
    writeProgram(join(bin, command), `#!/bin/bash -eu\n${withoutWordComparison(script)}`)
  }
}

/** Two of the scenarios log in to the reference service, whose place the second name of our server takes. */
function withDefaultBackend(program: string, { defaultUrl }: Backend): string {
  return program.replaceAll('https://api.pulumi.com', defaultUrl)
}

/** The original shell reads words compared with `-ne` as zero, which are equal; bash would look variables up. */
function withoutWordComparison(script: string): string {
  return script.replace(/^if \[\[ .* -ne ['"]?-.*\n/gm, '')
}

function writeProgram(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o755 })
}

/**
 * Prints the command to both streams as the original harness does. Names that the server makes up are put in the place
 * of those the scenario assumes: `EXAMPLE`, `hook-1`, `sched-1`.
 */
function wrapper({ name, bundle, names }: { name: string; bundle: string; names: string }): string {
  const node = process.execPath
  return `#!/bin/bash
printf '%s\\n' "> ${name}\${*:+ }$*"
printf '%s\\n' "> ${name}\${*:+ }$*" >&2
arguments=()
for argument in "$@"; do
  if [[ -e ${names} ]]; then
    while IFS=$'\\t' read -r assumed actual; do argument="\${argument//$assumed/$actual}"; done <${names}
  fi
  arguments+=("$argument")
done
case "$* " in
  *" webhook new "*|*" schedule new "*|*" --draft "*|*" webhook ping "*|*" open-request "*) ;;
  *) exec ${node} ${bundle} "\${arguments[@]}" ;;
esac
output=$(${node} ${bundle} "\${arguments[@]}"; printf 'x%s' "$?")
code="\${output##*x}"
output="\${output%x*}"
printf '%s' "$output"
remember() { if [[ $output =~ $1 ]]; then printf '%s\\t%s\\n' "$2" "\${BASH_REMATCH[1]}" >>${names}; fi; }
remember 'Change request created: ([^[:space:]]+)' EXAMPLE
remember 'Created webhook "([^"]+)"' hook-1
remember 'Created schedule ([^[:space:]]+) for' sched-1
exit "$code"
`
}
