import type { Browser, Page } from '@playwright/test'
import type { OpenEsc } from '../../tests/peers/openesc'
import { copied } from './console'
import { expect } from './fixtures'

export interface NewPerson {
  login: string
  name: string
  email: string
  password: string
}

/** An administrator invites them as a plain member, and they join by the link in a browser of their own. */
export async function join(administrator: Page, page: Page, person: NewPerson): Promise<void> {
  await administrator.goto('/acme/access/members')
  await administrator.getByRole('button', { name: 'Invite' }).click()
  const dialog = administrator.getByRole('dialog')
  await dialog.getByLabel('E-mail').fill(person.email)
  await dialog.getByRole('button', { name: 'Invite' }).click()
  const link = await copied(administrator, 'Copy link')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.goto(link)
  await page.getByLabel('Login').fill(person.login)
  await page.getByLabel('Name', { exact: true }).fill(person.name)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Create account and join' }).click()
  await expect(page.getByRole('heading', { name: 'Environments', exact: true })).toBeVisible()
}

/** What members may do with environments that nobody gave them. */
export async function setDefaultPermission(
  administrator: Page,
  level: 'none' | 'read' | 'write',
): Promise<void> {
  await administrator.goto('/acme/settings')
  await administrator.getByLabel('Default permission').selectOption(level)
  await administrator.getByRole('button', { name: 'Save settings' }).click()
  await expect(administrator.getByText('The settings are saved.').first()).toBeVisible()
}

/** A browser of somebody else. */
export async function anotherBrowser(browser: Browser, { url }: OpenEsc): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })
  return context.newPage()
}
