import type { Page } from '@playwright/test'

const widths = [1440, 900, 390]
const schemes = ['light', 'dark'] as const

/**
 * Photographs the page in both colour schemes and all widths into `test-results/pictures`, for people to look at. Only
 * with PICTURES=1, since no test depends on them.
 */
export async function photograph(page: Page, name: string): Promise<void> {
  if (!process.env.PICTURES) return
  const before = page.viewportSize()
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme })
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({ path: `test-results/pictures/${name}-${colorScheme}-${width}.png` })
    }
  }
  await page.emulateMedia({ colorScheme: null })
  if (before) await page.setViewportSize(before)
}
