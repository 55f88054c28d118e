/** What every story has: a running installation, and a page on which nothing may go wrong unseen. */
import { test as base, expect } from '@playwright/test'
import { type OpenEsc, type OpenEscOptions, startOpenEsc } from '../../tests/peers/openesc'
import { type StrictAws, startStrictAws } from '../../tests/peers/strict-aws'
import { type Guard, guard } from './guard'

export { expect }

interface PerTest {
  /** Fails the test at its end for whatever it still complains about. */
  watch: Guard
}

interface PerWorker {
  /** Who sets up: variables (`headless`), or the test itself. Tests that differ get servers of their own. */
  firstSetup: NonNullable<OpenEscOptions['setup']>
  aws: StrictAws
  /** Its AWS calls are answered by `aws`, which knows its issuer and the audience of the organization `acme`. */
  openesc: OpenEsc
}

export const test = base.extend<PerTest, PerWorker>({
  firstSetup: ['headless', { option: true, scope: 'worker' }],
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
    async ({ aws, firstSetup }, use) => {
      const openesc = await startOpenEsc({ setup: firstSetup, env: { AWS_ENDPOINT_URL_STS: aws.url } })
      aws.addProvider({ issuer: `${openesc.url}/oidc`, clientIds: ['aws:acme'] })
      await use(openesc)
      await openesc.stop()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ openesc }, use) => use(openesc.url),
  watch: [
    async ({ context, openesc }, use) => {
      const watch = await guard(context, openesc.url)
      await use(watch)
      expect(watch.complaints).toEqual([])
    },
    { auto: true },
  ],
})
