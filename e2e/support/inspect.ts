import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessibility'
import { photograph } from './pictures'

/** Waits until nothing of the page is still on its way: no streamed part unrevealed, no skeleton. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('[hidden][id^="S:"], template[id^="B:"]')).toHaveCount(0)
  await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0)
}

/** axe finds nothing grave in either colour scheme, and pictures are taken for people to look at. */
export async function inspect(page: Page, name: string): Promise<void> {
  await settled(page)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
  }
  await photograph(page, name)
}
