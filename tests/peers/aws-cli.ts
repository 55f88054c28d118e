/** The real `aws` program: found behind version managers' shims and run in an environment that knows nothing. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { onPath } from './on-path'
import { type Finished, run } from './run'

/** Where the program is, or why it is not. */
export type AwsCli = { kind: 'found'; path: string; version: string } | { kind: 'absent'; reason: string }

/** Looked for once; `OPENESC_TEST_AWS` names another program. */
export const awsCli: AwsCli = findAwsCli()

/** Put this in the name of every test that must never be skipped in continuous integration. */
export const mustRun = '@must-run'

function findAwsCli(): AwsCli {
  const candidate = process.env.OPENESC_TEST_AWS ?? onPath('aws')
  if (candidate === undefined)
    return { kind: 'absent', reason: 'no aws program on PATH (pip install awscli)' }
  try {
    const path = behindShim(candidate)
    const version = execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    return { kind: 'found', path, version: version.trim() }
  } catch (error) {
    return {
      kind: 'absent',
      reason: `${candidate} does not run: ${error instanceof Error ? error.message : error}`,
    }
  }
}

// A pyenv shim stops working as soon as HOME changes, so the tests need what it leads to.
function behindShim(path: string): string {
  const isShim = readFileSync(path).subarray(0, 512).toString('latin1').includes('pyenv')
  return isShim ? execFileSync('pyenv', ['which', 'aws'], { encoding: 'utf8' }).trim() : path
}

/** A private home and an environment without any AWS setting. */
export interface CleanHome {
  home: string
  env: Record<string, string>
  /** Removes the home. */
  remove(): void
}

/**
 * Makes the environment of a person without AWS credentials. Variables given are added last.
 * Loopback is exempt from proxies, so that a developer's own proxy does not see the tests.
 */
export function cleanHome(variables: Record<string, string> = {}): CleanHome {
  const home = mkdtempSync(join(tmpdir(), 'openesc-home-'))
  const programs = awsCli.kind === 'found' ? [dirname(awsCli.path)] : []
  return {
    home,
    env: {
      PATH: [...programs, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
      HOME: home,
      LANG: 'C.UTF-8',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
      NO_PROXY: '127.0.0.1,localhost',
      ...variables,
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

/** Runs the real `aws`. */
export function aws(args: string[], options: { env: Record<string, string> }): Promise<Finished> {
  if (awsCli.kind === 'absent') throw new Error(awsCli.reason)
  return run(awsCli.path, args, options)
}
