/** What every story has: a running installation, and a page on which nothing may go wrong unseen. */
import { test as base, expect } from '@playwright/test'
import { freePort } from '../../tests/peers/free-port'
import { type IdentityProvider, startIdentityProvider } from '../../tests/peers/identity-provider'
import { type OpenEsc, type OpenEscOptions, startOpenEsc } from '../../tests/peers/openesc'
import { type StrictAws, startStrictAws } from '../../tests/peers/strict-aws'
import { newRecorder, type Recorder } from './disclosures'
import { type Guard, newGuard, watchContext } from './guard'

export { expect }

interface PerTest {
  /** Fails the test at its end for whatever it still complains about, in whatever browser context. */
  watch: Guard
}

interface PerWorker {
  /** Who sets up: variables (`headless`), or the test itself. Tests that differ get servers of their own. */
  firstSetup: NonNullable<OpenEscOptions['setup']>
  /** Names of providers of single sign-on to have; tests that differ get servers of their own. */
  singleSignOn: string[]
  passwordSignIn: 'on' | 'off'
  port: number
  /** In the order of `singleSignOn`. */
  identityProviders: IdentityProvider[]
  aws: StrictAws
  /** Its AWS calls are answered by `aws`, which knows its issuer and the audience of the organization `acme`. */
  openesc: OpenEsc
  /** Sees every page of every browser context, whoever makes one. */
  watched: { guard: Guard; recorder: Recorder }
}

export const test = base.extend<PerTest, PerWorker>({
  firstSetup: ['headless', { option: true, scope: 'worker' }],
  singleSignOn: [[], { option: true, scope: 'worker' }],
  passwordSignIn: ['on', { option: true, scope: 'worker' }],
  port: [
    // As below: a pattern is wanted even where nothing is needed.
    async ({ browserName: _ }, use) => use(await freePort()),
    { scope: 'worker' },
  ],
  identityProviders: [
    async ({ singleSignOn, port }, use) => {
      const callback = (name: string) =>
        `http://127.0.0.1:${port}/api/auth/callback/${`oidc-${name.toLowerCase()}`}`
      const providers = await Promise.all(singleSignOn.map((name) => startIdentityProvider(callback(name))))
      await use(providers)
      await Promise.all(providers.map((provider) => provider.stop()))
    },
    { scope: 'worker' },
  ],
  aws: [
    // Playwright reads a fixture's dependencies from this pattern and wants one even where nothing is needed.
    async ({ browserName: _ }, use) => {
      const aws = await startStrictAws({ buckets: ['alpha', 'beta'] })
      await use(aws)
      await aws.stop()
    },
    { scope: 'worker' },
  ],
  openesc: [
    async ({ aws, firstSetup, singleSignOn, passwordSignIn, identityProviders, port }, use) => {
      const env = {
        AWS_ENDPOINT_URL_STS: aws.url,
        OPENESC_PASSWORD_SIGN_IN: passwordSignIn,
        ...Object.assign({}, ...identityProviders.map((one, at) => variablesOf(one, singleSignOn[at] ?? ''))),
      }
      const openesc = await startOpenEsc({ setup: firstSetup, port, env })
      aws.addProvider({ issuer: `${openesc.url}/oidc`, clientIds: ['aws:acme'] })
      await use(openesc)
      await openesc.stop()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ openesc }, use) => use(openesc.url),
  watched: [
    async ({ browser, openesc }, use, { workerIndex }) => {
      const guard = newGuard(openesc.url)
      const recorder = newRecorder(workerIndex, openesc.url)
      browser.on('context', (context) => {
        recorder.record(context)
        // A context that closes at once needs no watching.
        watchContext(context, guard).catch(() => undefined)
      })
      await use({ guard, recorder })
    },
    { scope: 'worker', auto: true },
  ],
  watch: [
    // Of the context only that it is still there at the end, with the answers that it got.
    async ({ watched: { guard, recorder }, context: _ }, use) => {
      await use(guard)
      await recorder.flush()
      expect(guard.complaints).toEqual([])
    },
    { auto: true },
  ],
})

function variablesOf(
  { issuer, clientId, clientSecret }: IdentityProvider,
  name: string,
): Record<string, string> {
  const prefix = `OPENESC_OIDC_${name.toUpperCase()}`
  return {
    [`${prefix}_NAME`]: name,
    [`${prefix}_ISSUER`]: issuer,
    [`${prefix}_CLIENT_ID`]: clientId,
    [`${prefix}_CLIENT_SECRET`]: clientSecret,
  }
}
