/** The whole story without a pointer, the focus always to be seen; and nothing moves for who asked for less motion. */
import type { Locator, Page } from '@playwright/test'
import { definitionEditor, pressShortcut, signIn } from './support/console'
import { expect, test } from './support/fixtures'
import { settled } from './support/inspect'

/** Presses Tab until the element has the focus, and expects that it can be seen to have it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return expectFocusSeen(target)
    await page.keyboard.press('Tab')
  }
  throw new Error(`eighty presses of Tab did not lead to ${String(target)}`)
}

async function expectFocusSeen(target: Locator): Promise<void> {
  const seen = await target.evaluate((element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
    return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
  })
  expect(seen, `the focus on ${String(target)} can be seen`).toBe(true)
}

/** Into what has the focus. */
async function pasteByKeys(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => navigator.clipboard.writeText(content), text)
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Control+V')
}

test('sign in, create, write, save, open, reveal, look around: by keys alone', async ({ page, openesc }) => {
  const { email, password } = openesc.administrator
  const keys = page.keyboard
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/signin')
  await tabTo(page, page.getByLabel('Login or e-mail'))
  await keys.type(email)
  await tabTo(page, page.getByLabel('Password'))
  await keys.type(password)
  await keys.press('Enter')
  await expect(page.getByRole('heading', { name: 'Environments', exact: true })).toBeVisible()
  await settled(page)

  await pressShortcut(page, page.getByRole('button', { name: 'Create environment' }), 'c')
  const dialog = page.getByRole('dialog')
  await tabTo(page, dialog.getByLabel('Name', { exact: true }))
  await keys.type('by-keys')
  await keys.press('Enter')

  const editor = definitionEditor(page)
  await expect(editor).toBeAttached()
  for (
    let presses = 0;
    presses < 80 && !(await editor.evaluate((e) => e === document.activeElement));
    presses++
  ) {
    await keys.press('Tab')
  }
  await pasteByKeys(
    page,
    'values:\n  size: small\n  password:\n    fn::secret: canary by keys\n  copy: ${missing}\n',
  )
  await expect(page.getByText('1 problem')).toBeVisible()
  await keys.press('F8')
  await expect(page.getByText(/unknown property "missing"/).first()).toBeVisible()
  await keys.press('Escape')
  await pasteByKeys(page, 'values:\n  size: small\n  password:\n    fn::secret: canary by keys\n')
  await expect(page.getByText('1 problem')).toHaveCount(0)
  await keys.press('Control+S')
  await expect(page.getByText(/^Saved revision/).first()).toBeVisible()
  await keys.press('Control+Enter')
  await expect(page.getByText(/^open · [\d:]+ left$/)).toBeVisible()

  // In the editor Tab indents; Ctrl+M lets it move on, as everywhere else.
  await keys.press('Control+M')
  // What a screen reader says of a masked value is neither its text nor its length.
  const masked = page.getByRole('row', { name: /^password / })
  await expect(masked.getByText('hidden secret')).toBeAttached()
  await keys.press('Tab')
  await tabTo(page, page.getByRole('button', { name: 'Reveal password' }))
  await keys.press('Enter')
  await expect(page.getByText('canary by keys')).toBeVisible()
  await keys.press('Control+Shift+S')
  await keys.press('Control+Shift+S')
  await expect(page.getByText('canary by keys')).toHaveCount(0)

  await keys.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await keys.press('Escape')
  await tabTo(page, page.getByRole('link', { name: 'Versions' }))
  await keys.press('Enter')
  await expect(page.getByRole('list', { name: 'Revision history' })).toBeVisible()
  await keys.press('Control+K')
  await expect(page.getByRole('dialog').getByRole('searchbox')).toBeFocused()
  await keys.type('by-keys')
  await expect(page.getByRole('dialog').getByText('by-keys').first()).toBeVisible()
  await keys.press('Enter')
  await expect(definitionEditor(page)).toBeAttached()
  await keys.press('g')
  await keys.press('e')
  await expect(page.getByRole('heading', { name: 'Environments', exact: true })).toBeVisible()
})

test('nothing moves for who asked for less motion', async ({ page, openesc }) => {
  const moving = () =>
    page.evaluate(
      () =>
        document.getAnimations().filter((animation) => {
          const { duration = 0 } = animation.effect?.getComputedTiming() ?? {}
          return animation.playState === 'running' && Number(duration) > 1
        }).length,
    )
  await signIn(page, openesc.administrator)
  for (const reducedMotion of ['no-preference', 'reduce'] as const) {
    await page.emulateMedia({ reducedMotion })
    await page.getByRole('button', { name: 'Create environment' }).first().click()
    const most = Math.max(await moving(), await moving())
    // The twin: without the wish the dialog does come in moving, when it is caught in time.
    if (reducedMotion === 'reduce') expect(most).toBe(0)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const longest = await page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll('*')].map((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element)
        return Math.max(
          ...[transitionDuration, animationDuration].flatMap((all) => all.split(',').map(parseFloat)),
        )
      }),
    ),
  )
  expect(longest).toBeLessThan(0.01)
})
