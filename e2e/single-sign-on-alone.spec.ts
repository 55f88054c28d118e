/** The page to sign in of an installation that has switched passwords off. */
import { expect, test } from './support/fixtures'
import { inspect } from './support/inspect'

test.use({ singleSignOn: ['Acme'], passwordSignIn: 'off' })

test('the sign-in page offers the provider alone', async ({ page }) => {
  await page.goto('/signin')
  await expect(page.getByRole('button', { name: 'Sign in with Acme' })).toBeVisible()
  await expect(page.getByLabel('Password')).toHaveCount(0)
  await inspect(page, 'sign-in-provider-alone')
})
