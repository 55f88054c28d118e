/** What a person does in the console, by role and name. */
import { type Cookie, expect, type Locator, type Page } from '@playwright/test'
import type { Administrator, OpenEsc } from '../../tests/peers/openesc'

export async function signIn(page: Page, { email, password }: Administrator): Promise<void> {
  await page.goto('/signin')
  await page.getByLabel('Login or e-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Environments', exact: true })).toBeVisible()
}

const sessions = new WeakMap<OpenEsc, Cookie[]>()

/** To the list of environments as the administrator: by the form once, with its session afterwards. */
export async function enter(page: Page, openesc: OpenEsc): Promise<void> {
  const session = sessions.get(openesc)
  if (session === undefined) {
    await signIn(page, openesc.administrator)
    sessions.set(openesc, await page.context().cookies())
    return
  }
  await page.context().addCookies(session)
  await page.goto(`/${openesc.administrator.organization}/environments`)
  await expect(page.getByRole('heading', { name: 'Environments', exact: true })).toBeVisible()
}

/** To the list of environments, by the link at the left. */
export async function openList(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Environments' }).click()
  await expect(page.getByRole('heading', { name: 'Environments', exact: true })).toBeVisible()
}

/** From the list to the editor of a new environment. Leaves the preselected project when none is given. */
export async function createEnvironment(
  page: Page,
  { name, project }: { name: string; project?: string },
): Promise<void> {
  await page.getByRole('button', { name: 'Create environment' }).first().click()
  const dialog = page.getByRole('dialog')
  if (project !== undefined) await dialog.getByLabel('Project', { exact: true }).fill(project)
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Create environment' }).click()
  await expect(definitionEditor(page)).toBeAttached()
}

/** Presses a key once the page listens to it: no story begins before its page has come alive. */
export async function pressShortcut(page: Page, button: Locator, keys: string): Promise<void> {
  await expect(button).toHaveAttribute('aria-keyshortcuts', keys)
  await page.keyboard.press(keys)
}

export function definitionEditor(page: Page) {
  return page.getByRole('textbox', { name: 'Environment definition' })
}

/** Replaces the definition by pasting, as a person does who comes from the tutorial. */
export async function pasteDefinition(page: Page, definition: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((text) => navigator.clipboard.writeText(text), definition)
  await definitionEditor(page).focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Control+V')
}

export async function saveAndOpen(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save and open' }).click()
}

/** Presses a copy button and answers what landed on the clipboard. */
export async function copied(page: Page, button: string): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: button }).click()
  await expect(page.getByText('Copied').first()).toBeAttached()
  return await page.evaluate(() => navigator.clipboard.readText())
}

/** Makes a personal access token on its page and answers its value. */
export async function createAccessToken(page: Page, description: string): Promise<string> {
  await page.goto('/account/tokens')
  await page.getByRole('button', { name: 'Create token' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Description').fill(description)
  await dialog.getByRole('button', { name: 'Create token' }).click()
  const token = await copied(page, 'Copy token')
  await dialog.getByRole('button', { name: 'Done' }).click()
  return token
}
