/**
 * The official Python package `pulumi-esc-sdk` against our server. Its own tests are not published with it, so a script
 * does what they do. `ESC_PYTHON` names a Python that has the package, otherwise `python3` is asked.
 */
import { execFile, execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createAccessToken } from '@/lib/access/tokens'
import { listeningApi } from '../api/server'
import { describeOnEachDatabase } from '../support/each-database'

const python = process.env.ESC_PYTHON ?? 'python3'
const script = fileURLToPath(new URL('python-sdk.py', import.meta.url))
const version = installedVersion()

function installedVersion(): string | undefined {
  try {
    const print = 'import pulumi_esc_sdk; print(pulumi_esc_sdk.__version__)'
    return execFileSync(python, ['-c', print], { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return undefined
  }
}

describe.skipIf(version === undefined)(
  `the official Python SDK ${version ?? '(absent: pip install pulumi-esc-sdk)'}`,
  () => {
    describeOnEachDatabase('lives the life of an environment', () => {
      const api = listeningApi()

      it('from list to delete', { timeout: 120_000 }, async () => {
        const { tokenValue } = await createAccessToken(api.admin.actor, { description: 'SDK' })
        const env = {
          ...process.env,
          PULUMI_ORG: 'acme',
          PULUMI_ACCESS_TOKEN: tokenValue,
          PULUMI_BACKEND_URL: api.url,
        }
        const { stdout } = await promisify(execFile)(python, [script], { env })
        expect(stdout.trim().split('\n').at(-1)).toBe('ok delete')
      })
    })
  },
)
